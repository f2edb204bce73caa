/** How long a code is still valid by the server's clock, whatever this device's clock does. */

/**
 * What is known of a code that the server made at `serverMs` and that ends at `endsMs`.
 *
 * `askedAt` and `askedWall` are this device's running time and clock from before it was asked for, so
 * that the wait for the answer counts as time gone. Running time may stand still while the device
 * sleeps and its clock may be set: of the two, the longer stretch counts.
 * @param {number} serverMs
 * @param {number} endsMs
 * @param {number} askedAt
 * @param {number} askedWall
 */
export function codeClock(serverMs, endsMs, askedAt, askedWall) {
  /**
   * @param {number} now
   * @param {number} wall
   */
  const serverNow = (now, wall) => serverMs + Math.max(now - askedAt, wall - askedWall);
  return {
    serverMs: serverNow,
    /**
     * @param {number} now
     * @param {number} wall
     */
    leftMs: (now, wall) => endsMs - serverNow(now, wall),
  };
}

/** Written by build.mjs: the names of the built files that a worker's phone keeps. */
declare const KEPT: string[];

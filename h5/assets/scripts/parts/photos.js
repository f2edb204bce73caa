/**
 * Photos become small on the phone, before they are sent: a picture of 5 MB costs a worker money.
 * Without this script, or where the phone cannot decode it, the photo goes as the camera made it.
 */
const EDGES = [1600, 1280, 1024, 800];
const QUALITIES = [0.85, 0.7, 0.55];

/**
 * The picture in a file, upright. Rejects when the phone cannot decode it.
 * @param {Blob} file
 * @returns {Promise<HTMLImageElement>}
 */
function decoded(file) {
  return new Promise((done, failed) => {
    const image = new Image();
    image.onload = () => done(image);
    image.onerror = () => failed(new Error("not a picture here"));
    image.src = URL.createObjectURL(file);
  });
}

/**
 * @param {HTMLImageElement} image
 * @param {number} edge
 */
function drawn(image, edge) {
  const scale = Math.min(1, edge / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
  canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number} quality
 * @returns {Promise<Blob | null>}
 */
function packed(canvas, quality) {
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
}

/** Old browsers draw a picture without turning it upright, and its note of which way is up is lost. */
function turnsUpright() {
  return typeof CSS !== "undefined" && CSS.supports("image-orientation", "from-image");
}

/**
 * The picture as a JPEG of at most `most` bytes; null when this phone cannot do that.
 * @param {Blob} file
 * @param {number} most
 * @returns {Promise<Blob | null>}
 */
export async function shrunk(file, most) {
  if (!turnsUpright()) return null;
  try {
    const image = await decoded(file);
    for (const edge of EDGES) {
      const canvas = drawn(image, edge);
      for (const quality of QUALITIES) {
        const made = await packed(canvas, quality);
        if (made && made.size <= most) return made;
      }
    }
  } catch {
    return null;
  }
  return null;
}

/**
 * Let a file input hold `content` as its one file; false when this browser does not allow that.
 * @param {HTMLInputElement} input
 * @param {Blob} content
 * @param {string} name
 */
export function hold(input, content, name) {
  try {
    const carrier = new DataTransfer();
    carrier.items.add(new File([content], name, { type: content.type }));
    input.files = carrier.files;
  } catch {
    return false;
  }
  return input.files.length === 1;
}

// Reads QR codes off the screen with a decoder that has nothing of this project in it.

import jsQR from "jsqr";

/** Runs in the page. Text comes out of a page much faster than as many numbers. */
async function pixelsOf(png) {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  let text = "";
  for (const byte of data) text += String.fromCharCode(byte);
  return { text, width: image.width, height: image.height };
}

/** What an element of the page shows, pixel by pixel. */
export async function pictureOf(page, selector) {
  const png = await page.locator(selector).screenshot();
  const { text, width, height } = await page.evaluate(pixelsOf, png.toString("base64"));
  return { data: Uint8ClampedArray.from(Buffer.from(text, "latin1")), width, height };
}

/** The text of the QR code in a picture; a code of light modules on dark ground does not count. */
export function textIn({ data, width, height }) {
  return jsQR(data, width, height, { inversionAttempts: "dontInvert" })?.data;
}

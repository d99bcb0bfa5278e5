// Makes a photo small on the phone before it is sent: a signed paper of 4 MB becomes some 300 KB.
// If anything fails the photo is sent as it is.
"use strict";

async function shrunk(file, longest) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
  return small && small.size < file.size
    ? new File([small], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" })
    : file;
}

for (const input of document.querySelectorAll("input[type=file][data-shrink]")) {
  input.addEventListener("change", async () => {
    try {
      const files = new DataTransfer();
      for (const file of input.files) {
        files.items.add(file.type.startsWith("image/") ? await shrunk(file, Number(input.dataset.shrink)) : file);
      }
      input.files = files.files;
    } catch {
      // kept as it is
    }
  });
}

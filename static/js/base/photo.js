// Shows the picked photo at once, drawn on a canvas: no upload, no blob address for the content security policy.
for (const frame of document.querySelectorAll("[data-photo]")) {
  const input = frame.querySelector("input[type=file]");
  input?.addEventListener("change", async () => {
    frame.querySelector("canvas")?.remove();
    frame.toggleAttribute("data-picked", input.files.length > 0);
    if (!input.files.length) return;
    try {
      const image = await createImageBitmap(input.files[0]);
      const canvas = document.createElement("canvas");
      const scale = Math.min(1, 1024 / Math.max(image.width, image.height));
      canvas.width = image.width * scale;
      canvas.height = image.height * scale;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      image.close();
      frame.prepend(canvas);
    } catch { /* a format this browser cannot draw: the server looks at it */ frame.removeAttribute("data-picked"); }
  });
}

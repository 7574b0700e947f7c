/** A web host as sites are published on: HTTP/2, compressed, cached, at the other end of a line of 20 ms and 10 Mbit/s.

    usage: node host.mjs KEY CERTIFICATE FOLDER...    prints the address of each folder, one a line */

import { readFile, readFileSync, statSync } from "node:fs";
import { createSecureServer } from "node:http2";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".xml": "application/xml",
};
const LATENCY = 20; // milliseconds
const RATE = 1250; // bytes a millisecond
const packed = new Map();

const [key, cert, ...folders] = process.argv.slice(2);
for (const folder of folders) {
  const server = createSecureServer({ key: readFileSync(key), cert: readFileSync(cert) });
  server.on("stream", (stream, { ":path": asked }) => answer(stream, folder, new URL(asked, "https://localhost").pathname));
  server.listen(0, "localhost", () => console.log(`https://localhost:${server.address().port}`));
}

function answer(stream, folder, asked) {
  stream.on("error", () => {}); // a browser that leaves waits for no end
  let file = join(folder, normalize(decodeURIComponent(asked)));
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) file = join(file, "index.html");
  readFile(file, (missing, content) => {
    if (missing) return stream.respond({ ":status": 404 }, { endStream: true });
    const isText = extname(file) !== ".png";
    if (isText && !packed.has(file)) packed.set(file, gzipSync(content, { level: 9 }));
    const body = isText ? packed.get(file) : content;
    const head = {
      ":status": 200,
      "cache-control": asked.includes("assets") ? "max-age=31536000" : "max-age=600",
      "content-length": body.length,
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
    };
    if (isText) head["content-encoding"] = "gzip";
    setTimeout(() => {
      if (stream.destroyed) return;
      stream.respond(head);
      stream.end(body);
    }, LATENCY + body.length / RATE);
  });
}

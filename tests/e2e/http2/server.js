// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Node's own HTTP/2 server, without a package. `node server.js KEY CERTIFICATE` speaks TLS, and HTTP/1.1 to who
// asks for that; `node server.js` speaks HTTP/2 in the clear, to clients that know.
'use strict';

const fs = require('node:fs');
const http2 = require('node:http2');

const [key, certificate] = process.argv.slice(2);
const server = key
  ? http2.createSecureServer({ key: fs.readFileSync(key), cert: fs.readFileSync(certificate), allowHTTP1: true })
  : http2.createServer();

function answer(request, response) {
  const body = [];
  request.on('data', (piece) => body.push(piece));
  request.on('end', () => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({
      version: request.httpVersion,
      method: request.method,
      path: request.url,
      authorization: request.headers.authorization ?? null,
      bytes: Buffer.concat(body).length,
    }));
  });
}

const routes = {
  '/early': (request, response) => {
    response.writeEarlyHints({ link: '</style.css>; rel=preload' });
    response.end('late');
  },
  '/trailers': (request, response) => {
    response.addTrailers({ 'x-checksum': 'abc' });
    response.end('body');
  },
  '/large': (request, response) => response.end(Buffer.alloc(20 * 1024 * 1024, 'x')),
  '/reset': (request, response) => response.stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR),
  '/broken': (request, response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('part');
    setImmediate(() => response.stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR));
  },
  '/goaway': (request, response) => response.stream.session.destroy(),
};

server.on('request', (request, response) => (routes[request.url] ?? answer)(request, response));
server.listen(0, '127.0.0.1', () => console.log('listening', server.address().port));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));

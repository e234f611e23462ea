// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The server of runners.py, on a port of the system's choice of loopback, which it prints: /login signs an HS256
// token, /protected verifies it, /stats counts what was asked and what of that was answered 200.

import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const key = "bench-secret-0123456789abcdef0123456789abcdef";
const stats = { asked: 0, good: 0 };

const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const macOf = (text) => createHmac("sha256", key).update(text).digest();

function sign(claims) {
    const text = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
    return `${text}.${macOf(text).toString("base64url")}`;
}

function claimsOf(token) {
    const [header, payload, signature] = token.split(".");
    const given = Buffer.from(signature ?? "", "base64url");
    const wanted = macOf(`${header}.${payload}`);
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
        return undefined;
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
    return claims.exp > Date.now() / 1000 ? claims : undefined;
}

function answerTo(method, path, headers, body) {
    if (method === "POST" && path === "/login") {
        const { username, password } = JSON.parse(body);
        if (username !== "admin" || password !== "password")
            return [401, { message: "Invalid credentials" }];
        return [200, { token: sign({ id: 1, username, exp: Math.floor(Date.now() / 1000) + 3600 }) }];
    }
    if (method === "GET" && path === "/protected") {
        const claims = claimsOf(headers.authorization ?? "");
        return claims ? [200, { message: "Welcome to the protected route", user: claims.username }]
                      : [401, { message: "Unauthorized" }];
    }
    return [404, { message: "Not found" }];
}

function send(response, status, value) {
    const text = Buffer.from(JSON.stringify(value));
    response.writeHead(status, { "Content-Type": "application/json; charset=utf-8", "Content-Length": text.length });
    response.end(text);
}

const server = createServer((request, response) => {
    if (request.url === "/stats")
        return send(response, 200, stats);
    const pieces = [];
    request.on("data", (piece) => pieces.push(piece));
    request.on("end", () => {
        const [status, value] = answerTo(request.method, request.url, request.headers, Buffer.concat(pieces).toString());
        ++stats.asked;
        stats.good += status === 200 ? 1 : 0;
        send(response, status, value);
    });
});
server.keepAliveTimeout = 65_000;
server.maxRequestsPerSocket = 0;
server.on("connection", (socket) => socket.setNoDelay(true));
server.listen(0, "127.0.0.1", () => console.log(server.address().port));

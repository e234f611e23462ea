// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// node.mjs LIBRARY FOLDER MODULES: rates of jsonwebtoken, jose or fast-jwt on the tokens of FOLDER, in CPU time
// of the whole process. Keys are made once where the library lets us; fast-jwt's cache of tokens is off, for a
// server sees different ones.

import { createRequire } from 'node:module';
import { createPublicKey, createSecretKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [library, folder, modules] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${modules}/package.json`));
const read = name => readFileSync(`${folder}/${name}`);
const algorithms = ['HS256', 'RS256', 'ES256', 'EdDSA'];

// [verify, decode] of one token; either may give a promise.
const makers = {
    jsonwebtoken() {
        const peer = require('jsonwebtoken');
        return (token, key, algorithm) => {
            const object = algorithm === 'HS256' ? createSecretKey(key) : createPublicKey(key);
            return [() => peer.verify(token, object, { algorithms: [algorithm] }),
                    () => peer.decode(token, { complete: true })];
        };
    },
    async jose() {
        const peer = await import(pathToFileURL(`${modules}/node_modules/jose/dist/webapi/index.js`));
        return async (token, key, algorithm) => {
            const object = algorithm === 'HS256' ? new Uint8Array(key) : await peer.importSPKI(key.toString(), algorithm);
            return [() => peer.jwtVerify(token, object, { algorithms: [algorithm] }),
                    () => [peer.decodeProtectedHeader(token), peer.decodeJwt(token)]];
        };
    },
    'fast-jwt'() {
        const peer = require('fast-jwt');
        return (token, key, algorithm) =>
            [peer.createVerifier({ key: algorithm === 'HS256' ? key : key.toString(), algorithms: [algorithm], cache: false }),
             peer.createDecoder({ complete: true })].map(work => () => work(token));
    },
};

async function slice(work, isPromise, count) {
    const start = process.cpuUsage();
    if (isPromise)
        for (let index = 0; index < count; ++index) await work();
    else
        for (let index = 0; index < count; ++index) work();
    const used = process.cpuUsage(start);
    return (used.user + used.system) / 1e6;
}

async function printRate(algorithm, what, work) {
    try {
        const isPromise = work() instanceof Promise;
        let count = 16; // as many as take a twentieth of a second; the compiler has seen them by then
        let seconds = 0;
        while ((seconds = await slice(work, isPromise, count)) < 0.05)
            count *= 2;
        await slice(work, isPromise, 4 * count);
        const rates = [];
        for (let round = 0; round < 9; ++round)
            rates.push(count / await slice(work, isPromise, count));
        rates.sort((left, right) => left - right);
        console.log([algorithm, what, rates[4].toFixed(0)].join('\t'));
    } catch (error) {
        console.log([algorithm, what, 'failed'].join('\t'));
    }
}

const make = await makers[library]();
for (const algorithm of algorithms) {
    const [verify, decode] = await make(read(`${algorithm}.token`).toString(), read(`${algorithm}.key`), algorithm);
    await printRate(algorithm, 'verify', verify);
    if (algorithm === 'HS256')
        await printRate(algorithm, 'decode', decode);
}

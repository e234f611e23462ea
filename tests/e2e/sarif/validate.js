// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Holds the SARIF report on standard input against the published schema of SARIF 2.1.0, formats of URIs and dates
// with it. Prints a line for each fault; status 1 where there is one.

'use strict';

const fs = require('fs');
const Ajv = require('ajv');
const schema = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');

const ajv = new Ajv({schemaId: 'auto', allErrors: true, format: 'full'});
ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json'));
const isValid = ajv.compile(schema);

if (!isValid(JSON.parse(fs.readFileSync(0, 'utf8')))) {
    for (const error of isValid.errors)
        console.log(`${error.dataPath || '/'} ${error.message}`);
    process.exitCode = 1;
}

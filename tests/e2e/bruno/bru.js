// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bruno's runner, begun when its sandbox is there. Bruno loads the sandbox (WebAssembly) beside its first
// request and does not wait for it: an answer that is there sooner has its assertions judged on undefined.

'use strict';

const { loader } = require('@usebruno/js/src/sandbox/quickjs');

loader().then(() => require('@usebruno/cli/bin/bru.js'));

/* SPDX-FileCopyrightText: Claimcheck contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cjose 0.6: the key is imported once. It leaves header and claims as text. */

#include <cjose/cjose.h>

#include "timing.h"

struct Case
{
    const char* token;
    size_t size;
    cjose_jwk_t* key;
};

static int verify(void* data)
{
    const struct Case* job = data;
    cjose_err error;
    uint8_t* payload = NULL;
    size_t size = 0;
    cjose_jws_t* token = cjose_jws_import(job->token, job->size, &error);
    const int fits = token != NULL && cjose_jws_verify(token, job->key, &error) &&
                     cjose_jws_get_plaintext(token, &payload, &size, &error) && size > 0;
    if (token != NULL)
        cjose_jws_release(token);
    return fits;
}

static int decode(void* data)
{
    const struct Case* job = data;
    cjose_err error;
    cjose_jws_t* token = cjose_jws_import(job->token, job->size, &error);
    if (token == NULL)
        return 0;
    cjose_jws_release(token);
    return 1;
}

int main(int argc, char** argv)
{
    static const char* const algorithms[] = {"HS256", "RS256", "ES256"};
    for (size_t index = 0; argc == 2 && index < sizeof algorithms / sizeof *algorithms; ++index) {
        char name[64];
        size_t keySize = 0;
        cjose_err error;
        struct Case job;
        snprintf(name, sizeof name, "%s.token", algorithms[index]);
        job.token = readFile(argv[1], name, &job.size);
        snprintf(name, sizeof name, "%s.jwk", algorithms[index]);
        const char* key = readFile(argv[1], name, &keySize);
        job.key = cjose_jwk_import(key, keySize, &error);
        if (job.key == NULL)
            return 1;
        printRate(algorithms[index], "verify", verify, &job);
        if (index == 0)
            printRate(algorithms[index], "decode", decode, &job);
        cjose_jwk_release(job.key);
    }
    return argc == 2 ? 0 : 2;
}

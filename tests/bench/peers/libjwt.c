/* SPDX-FileCopyrightText: Claimcheck contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libjwt 1 (Debian 12): its jwt_decode() takes the key's bytes, so a PEM key is read anew for every token. */

#include <jwt.h>

#include "timing.h"

struct Case
{
    const char* token;
    const unsigned char* key; /* none: decode only */
    int keySize;
};

static int decode(void* data)
{
    const struct Case* job = data;
    jwt_t* token = NULL;
    const int isRead =
        jwt_decode(&token, job->token, job->key, job->keySize) == 0 && jwt_get_grant(token, "sub") != NULL;
    jwt_free(token);
    return isRead;
}

int main(int argc, char** argv)
{
    static const char* const algorithms[] = {"HS256", "RS256", "ES256"};
    for (size_t index = 0; argc == 2 && index < sizeof algorithms / sizeof *algorithms; ++index) {
        char name[64];
        size_t size = 0;
        struct Case job;
        snprintf(name, sizeof name, "%s.token", algorithms[index]);
        job.token = readFile(argv[1], name, &size);
        snprintf(name, sizeof name, "%s.key", algorithms[index]);
        job.key = (unsigned char*)readFile(argv[1], name, &size);
        job.keySize = (int)size;
        printRate(algorithms[index], "verify", decode, &job);
        job.key = NULL;
        job.keySize = 0;
        if (index == 0)
            printRate(algorithms[index], "decode", decode, &job);
    }
    return argc == 2 ? 0 : 2;
}

/* SPDX-FileCopyrightText: Claimcheck contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * latchset jose 11: the compact form is cut into its JSON form by the caller, the key is loaded once. */

#include <jansson.h>
#include <jose/jose.h>

#include "timing.h"

struct Case
{
    const char* token;
    size_t size;
    json_t* key;
};

static json_t* takeApart(const struct Case* job)
{
    const char* payload = strchr(job->token, '.') + 1;
    const char* signature = strrchr(job->token, '.') + 1;
    return json_pack("{s:s%,s:s%,s:s%}", "protected", job->token, (size_t)(payload - 1 - job->token),
                     "payload", payload, (size_t)(signature - 1 - payload), "signature", signature,
                     (size_t)(job->token + job->size - signature));
}

static int verify(void* data)
{
    const struct Case* job = data;
    json_t* token = takeApart(job);
    json_t* claims = jose_b64_dec_load(json_object_get(token, "payload"));
    const int fits = claims != NULL && jose_jws_ver(NULL, token, NULL, job->key, false);
    json_decref(claims);
    json_decref(token);
    return fits;
}

static int decode(void* data)
{
    json_t* token = takeApart(data);
    json_t* header = jose_b64_dec_load(json_object_get(token, "protected"));
    json_t* claims = jose_b64_dec_load(json_object_get(token, "payload"));
    const int isRead = header != NULL && claims != NULL;
    json_decref(header);
    json_decref(claims);
    json_decref(token);
    return isRead;
}

int main(int argc, char** argv)
{
    static const char* const algorithms[] = {"HS256", "RS256", "ES256"};
    for (size_t index = 0; argc == 2 && index < sizeof algorithms / sizeof *algorithms; ++index) {
        char name[64];
        size_t keySize = 0;
        struct Case job;
        snprintf(name, sizeof name, "%s.token", algorithms[index]);
        job.token = readFile(argv[1], name, &job.size);
        snprintf(name, sizeof name, "%s.jwk", algorithms[index]);
        job.key = json_loads(readFile(argv[1], name, &keySize), 0, NULL);
        printRate(algorithms[index], "verify", verify, &job);
        if (index == 0)
            printRate(algorithms[index], "decode", decode, &job);
        json_decref(job.key);
    }
    return argc == 2 ? 0 : 2;
}

// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Doors in front of the OpenSSL functions that core/jose calls: each counts, and the n-th call of them all
// fails as OpenSSL itself would (0, a null pointer, or what the door says) without being made. Named for
// -Wl,--wrap=NAME, which sends every call of NAME to __wrap_NAME and leaves the real one at __real_NAME.

#pragma once

#include <cstdarg>
#include <cstddef>
#include <cstring>
#include <string_view>
#include <type_traits>

#include <openssl/core.h>
#include <openssl/decoder.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace claimcheck::test {

struct FaultPlan
{
    int failing = 0; ///< counted from 1; 0: none
    int calls = 0;
    const char* failed = ""; ///< the one that did
    bool isDone = false;
};

inline FaultPlan& faultPlan()
{
    static FaultPlan plan;
    return plan;
}

inline void failAt(int call)
{
    const char* before = faultPlan().failed;
    faultPlan() = {.failing = call, .calls = 0, .failed = before, .isDone = false};
}

inline bool hasFailed()
{
    return faultPlan().isDone;
}

inline const char* lastFailed()
{
    return faultPlan().failed;
}

/// Whose failure changes nothing: whether a key that was just made has its private half is only asked for the
/// eye.
inline bool mayBeIgnored()
{
    const std::string_view name = lastFailed();
    return name == "EVP_PKEY_get_bn_param" || name == "EVP_PKEY_get_raw_private_key";
}

inline bool failsNow(const char* name)
{
    FaultPlan& plan = faultPlan();
    if (plan.failing == 0 || ++plan.calls != plan.failing)
        return false;
    plan.isDone = true;
    plan.failed = name;
    return true;
}

} // namespace claimcheck::test

// NOLINTBEGIN: the names are the linker's
#define FAULT_DOOR_AS(Result, name, failure, parameters, arguments)                                          \
    extern "C" Result __real_##name parameters;                                                              \
    extern "C" Result __wrap_##name parameters;                                                              \
    extern "C" Result __wrap_##name parameters                                                               \
    {                                                                                                        \
        return claimcheck::test::failsNow(#name) ? failure : __real_##name arguments;                        \
    }
#define FAULT_DOOR(Result, name, parameters, arguments)                                                      \
    FAULT_DOOR_AS(Result, name, std::type_identity_t<Result>{}, parameters, arguments)
// Its arguments depend on the type, as its manual page has it.
#define FAULT_DOOR_KEYGEN(Result, name, where)                                                               \
    extern "C" Result __real_##name(OSSL_LIB_CTX* library, const char* query, const char* type, ...);        \
    extern "C" Result __wrap_##name(OSSL_LIB_CTX* library, const char* query, const char* type, ...);        \
    extern "C" Result __wrap_##name(OSSL_LIB_CTX* library, const char* query, const char* type, ...)         \
    {                                                                                                        \
        if (claimcheck::test::failsNow(#name))                                                               \
            return nullptr;                                                                                  \
        va_list more;                                                                                        \
        va_start(more, type);                                                                                \
        Result key = nullptr;                                                                                \
        if (std::strcmp(type, "RSA") == 0)                                                                   \
            key = __real_##name(library, query, type, va_arg(more, std::size_t));                            \
        else if (std::strcmp(type, "EC") == 0)                                                               \
            key = __real_##name(library, query, type, va_arg(more, const char*));                            \
        else                                                                                                 \
            key = __real_##name(library, query, type);                                                       \
        va_end(more);                                                                                        \
        return key;                                                                                          \
    }
#define FAULT_NONE(name)

#include "faultdoors.inc"
// NOLINTEND

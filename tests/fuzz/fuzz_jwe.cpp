// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Encrypted tokens in every form: reading stays inside of the text, nothing opens with a bit changed, and a
// text that does not open leaves no plaintext behind.

#include "fuzz.h"

#include <jose/decrypt.h>

using namespace claimcheck;
using namespace claimcheck::jose;

// Of RFC 7516 App. A.3, RFC 7518 App. C and RFC 8037 App. A.6; a password, and a key for "dir".
static constexpr const char* keySet = R"({"keys":[
    {"kty":"oct","k":"GawgguFyGrWKav7AX4VKUg"},
    {"kty":"oct","k":"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY"},
    {"kty":"EC","crv":"P-256","x":"weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ",
     "y":"e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck","d":"VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw"},
    {"kty":"OKP","crv":"X25519","x":"3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08",
     "d":"XasIfmJKikt54X-Lg4AO5m87sSkmGLb9HC-LJ_-I4Os"}]})";

/// An iteration count that is allowed, but would slow the search for inputs down.
static bool isSlow(const Jwe& jwe)
{
    for (const Recipient& recipient : jwe.recipients) {
        const auto count = recipient.header ? recipient.header->root().find("p2c") : std::nullopt;
        if (count && count->integer().value_or(0) > 2000)
            return true;
    }
    return false;
}

static void run(std::string_view input)
{
    static const std::vector<Key> keys = readKeys(keySet).value();
    const Jwe jwe = decodeJwe(input);
    FUZZ_CHECK(jwe.text == input);
    for (const Segment* part : {&jwe.header, &jwe.initializationVector, &jwe.ciphertext, &jwe.tag})
        FUZZ_CHECK(part->offset + part->length <= input.size());
    for (const Defect& defect : jwe.defects)
        FUZZ_CHECK(defect.offset <= input.size() && !defect.what.empty());
    if (isSlow(jwe))
        return;
    const Decryption decryption = decrypt(jwe, keys);
    const bool isOpen = decryption.verdict == DecryptionVerdict::Decrypted;
    FUZZ_CHECK(isOpen == decryption.why.empty());
    FUZZ_CHECK(isOpen || decryption.plaintext.isEmpty());
    FUZZ_CHECK((decryption.verdict == DecryptionVerdict::Malformed) == !jwe.isWellFormed());
    if (!isOpen)
        return;
    Jwe changed = jwe;
    changed.tag.bytes.back() = static_cast<char>(changed.tag.bytes.back() ^ 1);
    FUZZ_CHECK(decrypt(changed, keys).verdict == DecryptionVerdict::CannotDecrypt);
}

FUZZ_MAIN(run);

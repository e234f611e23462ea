// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// PEM (RFC 7468): the blocks of a text, each read as the DER inside of it. Forgiving where people paste:
// indented lines, and line ends written as \n, as environment variables and JSON files have them.

#include "keydetail.h"
#include "passphrase.h"

#include <algorithm>
#include <array>

#include <base/text.h>

#include <openssl/pem.h>

namespace claimcheck::jose {

using namespace openssl;

namespace {

struct Block
{
    std::string label;
    std::string header; ///< "Proc-Type: 4,ENCRYPTED" … of the traditional encryption
    Secret der;
};

} // namespace

static constexpr std::array<std::string_view, 8> keyLabels{
    "PUBLIC KEY",      "PRIVATE KEY",    "ENCRYPTED PRIVATE KEY", "RSA PUBLIC KEY",
    "RSA PRIVATE KEY", "EC PRIVATE KEY", "CERTIFICATE",           "X509 CERTIFICATE",
};

static Secret withPlainLines(std::string_view text)
{
    std::string spread;
    if (text.find('\n') == std::string_view::npos) {
        spread = text;
        for (std::size_t at = spread.find("\\n"); at != std::string::npos; at = spread.find("\\n", at))
            spread.replace(at, 2, "\n");
        text = spread;
    }
    std::string lines;
    lines.reserve(text.size() + 1);
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines += trimmed(text.substr(0, end));
        lines += '\n';
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    Secret result(lines);
    wipe(lines);
    wipe(spread);
    return result;
}

static std::optional<Block> nextBlock(BIO* input)
{
    char* label = nullptr;
    char* header = nullptr;
    unsigned char* data = nullptr;
    long length = 0;
    if (PEM_read_bio(input, &label, &header, &data, &length) != 1)
        return std::nullopt;
    Block block{label, header,
                Secret({reinterpret_cast<const char*>(data), static_cast<std::size_t>(length)})};
    OPENSSL_free(label);
    OPENSSL_free(header);
    OPENSSL_clear_free(data, static_cast<std::size_t>(length));
    return block;
}

static int givePassphrase(char* buffer, int size, int, void* secret)
{
    const std::string_view text = static_cast<const Secret*>(secret)->reveal();
    if (text.empty() || text.size() > static_cast<std::size_t>(size))
        return -1;
    std::copy(text.begin(), text.end(), buffer);
    return static_cast<int>(text.size());
}

/// The traditional encryption of OpenSSL (RFC 1421 §4.6.1.1), still met in old key files.
static Result<Secret> decrypted(Block& block, const Secret& passphrase)
{
    if (passphrase.isEmpty())
        return tl::unexpected(noPassphrase());
    EVP_CIPHER_INFO cipher{};
    std::string der(block.der.reveal());
    auto length = static_cast<long>(der.size());
    Secret copy = passphrase;
    const bool isOpen = PEM_get_EVP_CIPHER_INFO(block.header.data(), &cipher) == 1 &&
                        PEM_do_header(&cipher, bytes(der), &length, &givePassphrase, &copy) == 1;
    Secret plain(std::string_view(der).substr(0, isOpen ? static_cast<std::size_t>(length) : 0));
    wipe(der);
    if (!isOpen)
        return tl::unexpected(wrongPassphrase());
    return plain;
}

static Result<Key> readBlock(Block& block, const ReadOptions& options)
{
    const bool isEncrypted = block.header.find("ENCRYPTED") != std::string::npos;
    if (isEncrypted) {
        Result<Secret> plain = decrypted(block, options.passphrase);
        if (!plain)
            return tl::unexpected(plain.error());
        block.der = std::move(*plain);
    }
    Result<Key> key = readDer(block.der.reveal(), options);
    if (!key)
        return key;
    if (key->source == KeySource::Certificate) {
        key->format += " (PEM)";
    } else {
        key->source = KeySource::Pem;
        key->format = (isEncrypted ? "encrypted " : "") + key->format + " PEM";
    }
    return key;
}

static std::string noteOn(const std::string& label)
{
    std::string note = "a PEM block '" + visible(label) + "' was left out: no key that is read here";
    if (label == "OPENSSH PRIVATE KEY")
        note += "; ssh-keygen -p -m PKCS8 -f FILE rewrites it as PKCS#8";
    return note;
}

/// What remains in OpenSSL's queue tells a text that ended from a block that is broken.
static bool endedCleanly()
{
    return ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
}

namespace {

/// What was read of a text so far.
struct Contents
{
    std::vector<Key> keys;
    std::vector<std::string> notes;
    std::vector<std::size_t> certificates; ///< indexes of those keys
    std::vector<Secret> ders;              ///< of the same
};

} // namespace

static Result<void> take(Block& block, const ReadOptions& options, Contents& contents)
{
    if (std::find(keyLabels.begin(), keyLabels.end(), block.label) == keyLabels.end()) {
        if (!block.label.ends_with("PARAMETERS")) // "EC PARAMETERS" comes with a key of its own
            contents.notes.push_back(noteOn(block.label));
        return {};
    }
    Result<Key> key = readBlock(block, options);
    if (!key)
        return tl::unexpected(key.error());
    if (key->source == KeySource::Certificate) {
        contents.certificates.push_back(contents.keys.size());
        contents.ders.push_back(std::move(block.der));
    }
    contents.keys.push_back(std::move(*key));
    ERR_clear_error();
    return {};
}

/// Authorities sign certificates, no tokens: of a chain only the leaf's key is for us.
static Result<void> leaveIssuersOut(Contents& contents)
{
    std::vector<std::string_view> ders;
    for (const Secret& der : contents.ders)
        ders.push_back(der.reveal());
    const std::optional<std::vector<std::size_t>> issuers = issuersAmong(ders);
    if (!issuers) // an authority's key must not pass for one that signs tokens
        return unreadableKey("OpenSSL cannot tell which of its certificates issued the others", "try again");
    for (auto issuer = issuers->rbegin(); issuer != issuers->rend(); ++issuer) {
        const std::size_t index = contents.certificates[*issuer];
        contents.notes.insert(contents.notes.begin(),
                              "certificate " + std::to_string(*issuer + 1) +
                                  " of the chain was left out: it " +
                                  "issued another one of it, and its key signs no tokens");
        contents.keys.erase(contents.keys.begin() + static_cast<std::ptrdiff_t>(index));
    }
    return {};
}

Result<std::vector<Key>> readPem(std::string_view text, const ReadOptions& options,
                                 std::vector<std::string>* skipped)
{
    const ErrorQueue queue;
    const Secret lines = withPlainLines(text);
    const Bio input(BIO_new_mem_buf(lines.reveal().data(), static_cast<int>(lines.size())));
    Contents contents;
    while (std::optional<Block> block = nextBlock(input.get())) {
        if (const Result<void> taken = take(*block, options, contents); !taken)
            return tl::unexpected(taken.error());
    }
    if (!endedCleanly())
        return unreadableKey("a PEM block is damaged: its lines are not whole Base64 between BEGIN and END",
                             "copy it anew, from -----BEGIN to the end of the END line");
    if (const Result<void> left = leaveIssuersOut(contents); !left)
        return tl::unexpected(left.error());
    if (contents.keys.empty())
        return unreadableKey(contents.notes.empty() ? "no PEM block was found" : contents.notes.front(),
                             whatIsRead);
    if (skipped != nullptr)
        skipped->insert(skipped->end(), contents.notes.begin(), contents.notes.end());
    return std::move(contents.keys);
}

} // namespace claimcheck::jose

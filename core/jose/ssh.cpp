// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// SSH public keys: the lines of authorized_keys and of .pub files (sshd(8)), and the block of RFC 4716. The
// blob inside of both is that of RFC 4253 §6.6 (RSA), RFC 5656 §3.1 (ECDSA) and RFC 8709 §4 (Ed25519, Ed448);
// it becomes a JWK, so that every rule about lengths, points and sizes is applied in one place.
//
//   ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI… somebody@somewhere

#include "keydetail.h"

#include <algorithm>
#include <array>

#include <base/text.h>
#include <jose/base64.h>
#include <jose/base64url.h>
#include <json/write.h>

namespace claimcheck::jose {

static constexpr std::string_view blockBegin = "---- BEGIN SSH2 PUBLIC KEY ----";
static constexpr std::string_view blockEnd = "---- END SSH2 PUBLIC KEY ----";
static constexpr std::size_t mostKeys = 1024;

namespace {

struct SshCurve
{
    std::string_view type; ///< the key type of SSH
    std::string_view name; ///< the curve's name in the blob; empty where the blob has none
    std::string_view jwk;
};

/// The members of a blob, each with its length in four bytes before it (RFC 4251 §5).
class Blob
{
public:
    explicit Blob(std::string_view bytes) : m_rest(bytes) {}

    std::optional<std::string_view> next()
    {
        if (m_rest.size() < 4)
            return std::nullopt;
        std::size_t length = 0;
        for (int i = 0; i < 4; ++i)
            length = length << 8u | static_cast<unsigned char>(m_rest[static_cast<std::size_t>(i)]);
        if (length > m_rest.size() - 4)
            return std::nullopt;
        const std::string_view value = m_rest.substr(4, length);
        m_rest.remove_prefix(4 + length);
        return value;
    }

    /// A positive mpint (RFC 4251 §5) without its leading zero.
    std::optional<std::string_view> nextNumber()
    {
        std::optional<std::string_view> value = next();
        if (!value || value->empty() || (static_cast<unsigned char>(value->front()) & 0x80u) != 0)
            return std::nullopt;
        value->remove_prefix(std::min(value->find_first_not_of('\0'), value->size()));
        return value;
    }

    bool isAtEnd() const { return m_rest.empty(); }

private:
    std::string_view m_rest;
};

} // namespace

static constexpr std::array curvesOfSsh{
    SshCurve{"ecdsa-sha2-nistp256", "nistp256", "P-256"},
    SshCurve{"ecdsa-sha2-nistp384", "nistp384", "P-384"},
    SshCurve{"ecdsa-sha2-nistp521", "nistp521", "P-521"},
    SshCurve{"ssh-ed25519", "", "Ed25519"},
    SshCurve{"ssh-ed448", "", "Ed448"},
};

static bool isKeyType(std::string_view word)
{
    return word.starts_with("ssh-") || word.starts_with("ecdsa-sha2-") || word.starts_with("sk-");
}

static std::string rsaJwk(Blob& blob)
{
    const auto e = blob.nextNumber();
    const auto n = blob.nextNumber();
    if (!e || !n)
        return {};
    json::Writer writer;
    writer.beginObject().member("kty").value("RSA").member("n").value(encodeBase64Url(*n));
    return writer.member("e").value(encodeBase64Url(*e)).endObject().take();
}

static std::string curveJwk(Blob& blob, const SshCurve& curve)
{
    const bool isEc = !curve.name.empty();
    if (isEc && blob.next() != curve.name)
        return {};
    const auto point = blob.next();
    // SEC1 §2.3.3: 04 and both coordinates; the compressed form is not used by SSH (RFC 5656 §3.1).
    if (!point || (isEc && (point->size() % 2 != 1 || point->front() != '\x04')))
        return {};
    const std::string_view halves = isEc ? point->substr(1) : *point;
    const std::size_t length = isEc ? halves.size() / 2 : halves.size();
    json::Writer writer;
    writer.beginObject().member("kty").value(isEc ? "EC" : "OKP").member("crv").value(curve.jwk);
    writer.member("x").value(encodeBase64Url(halves.substr(0, length)));
    if (isEc)
        writer.member("y").value(encodeBase64Url(halves.substr(length)));
    return writer.endObject().take();
}

static Result<Key> keyFromJwk(const std::string& jwk, std::string_view format)
{
    const auto document = json::parse(jwk);
    if (!document)
        return unreadableKey("the SSH key is damaged: its parts are not where they should be",
                             "copy the whole line anew");
    Result<Key> key = readJwk(document->root());
    if (key) {
        key->source = KeySource::Ssh;
        key->format = format;
    }
    return key;
}

/// `type` is what stands before the blob; it has to agree with the name in it.
static Result<Key> readBlob(std::string_view bytes, std::string_view type, std::string_view format)
{
    Blob blob(bytes);
    const auto name = blob.next();
    if (!name || (!type.empty() && *name != type))
        return unreadableKey("the SSH key is damaged: it does not begin with its type",
                             "copy the whole line anew");
    std::string jwk;
    const auto curve = std::find_if(curvesOfSsh.begin(), curvesOfSsh.end(),
                                    [&name](const SshCurve& entry) { return entry.type == *name; });
    if (*name == "ssh-rsa")
        jwk = rsaJwk(blob);
    else if (curve != curvesOfSsh.end())
        jwk = curveJwk(blob, *curve);
    else
        return unreadableKey("it is an SSH key of type '" + visible(name->substr(0, 64)) +
                                 "', which no signature algorithm of tokens uses",
                             "ssh-rsa, ecdsa-sha2-nistp256, -384, -521, ssh-ed25519 and ssh-ed448 are read");
    return keyFromJwk(blob.isAtEnd() ? jwk : std::string(), format);
}

/// The next word of a line; blanks inside of double quotes do not end it (sshd(8), "options").
static std::string_view takeWord(std::string_view& line)
{
    line = trimmed(line);
    bool isQuoted = false;
    std::size_t end = 0;
    for (; end < line.size() && (isQuoted || (line[end] != ' ' && line[end] != '\t')); ++end) {
        if (line[end] == '"' && (end == 0 || line[end - 1] != '\\'))
            isQuoted = !isQuoted;
    }
    const std::string_view word = line.substr(0, end);
    line.remove_prefix(end);
    return word;
}

namespace {

struct Line
{
    std::string_view type;
    std::string_view blob; ///< Base64
};

} // namespace

/// Type and blob of a line of authorized_keys, whatever options stand before them; nothing in other lines.
static std::optional<Line> keyOfLine(std::string_view line)
{
    if (trimmed(line).starts_with('#'))
        return std::nullopt;
    while (!trimmed(line).empty()) {
        const std::string_view type = takeWord(line);
        if (!isKeyType(type))
            continue;
        const std::string_view blob = takeWord(line);
        // Every blob begins with the length of a short name: three or four zero bytes' worth of 'A'.
        if (blob.starts_with("AAAA"))
            return Line{type, blob};
    }
    return std::nullopt;
}

static std::string_view takeLine(std::string_view& text)
{
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return trimmed(line);
}

/// RFC 4716 §3.3: headers ("Comment: …", continued after a '\') come before the Base64.
static std::string bodyOfBlock(std::string_view block)
{
    std::string body;
    bool isHeader = false;
    while (!block.empty()) {
        const std::string_view line = takeLine(block);
        isHeader = isHeader || (body.empty() && line.find(':') != std::string_view::npos);
        if (!isHeader)
            body += line;
        isHeader = isHeader && line.ends_with('\\');
    }
    return body;
}

static Result<Key> readBlock(std::string_view block)
{
    const auto bytes = decodeBase64(bodyOfBlock(block));
    if (!bytes)
        return unreadableKey("the SSH2 block is damaged: its lines are not whole Base64",
                             "copy it anew, from ---- BEGIN to the end of the END line");
    return readBlob(*bytes, {}, "SSH public key (RFC 4716)");
}

static Result<Key> readLine(const Line& line)
{
    const auto bytes = decodeBase64(line.blob);
    if (!bytes)
        return unreadableKey("the SSH key is damaged: it is not whole Base64", "copy the whole line anew");
    return readBlob(*bytes, line.type, "OpenSSH public key");
}

bool looksLikeSsh(std::string_view text)
{
    if (text.find(blockBegin) != std::string_view::npos)
        return true;
    while (!text.empty()) {
        const std::string_view line = takeLine(text);
        if (line.find("AAAA") != std::string_view::npos && keyOfLine(line))
            return true;
    }
    return false;
}

namespace {

/// The keys so far, and why the others are not among them.
struct Collected
{
    std::vector<Key> keys;
    std::vector<std::string> notes;
    std::optional<Error> firstError;
    std::size_t count = 0;

    void add(Result<Key> key)
    {
        ++count;
        if (key)
            return keys.push_back(std::move(*key));
        notes.push_back("SSH key " + std::to_string(count) + " was left out: " + key.error().why);
        if (!firstError)
            firstError = key.error();
    }
};

} // namespace

static void readLines(std::string_view lines, Collected& collected)
{
    while (!lines.empty() && collected.count < mostKeys) {
        if (const auto line = keyOfLine(takeLine(lines)))
            collected.add(readLine(*line));
    }
}

/// `text` begins behind a BEGIN line; what stands behind the END line is left in it.
static void takeBlock(std::string_view& text, Collected& collected)
{
    const std::size_t end = text.find(blockEnd);
    if (end == std::string_view::npos) {
        collected.add(unreadableKey("the SSH2 block has no END line", "copy it whole"));
        text = {};
        return;
    }
    collected.add(readBlock(text.substr(0, end)));
    text.remove_prefix(end + blockEnd.size());
}

Result<std::vector<Key>> readSsh(std::string_view text, std::vector<std::string>* skipped)
{
    Collected collected;
    while (!text.empty() && collected.count < mostKeys) {
        const std::size_t begin = std::min(text.find(blockBegin), text.size());
        readLines(text.substr(0, begin), collected);
        text.remove_prefix(begin);
        if (text.empty())
            break;
        text.remove_prefix(blockBegin.size());
        takeBlock(text, collected);
    }
    if (collected.keys.empty())
        return collected.firstError ? tl::unexpected(*collected.firstError)
                                    : unreadableKey("no SSH key is in it");
    if (skipped != nullptr)
        skipped->insert(skipped->end(), collected.notes.begin(), collected.notes.end());
    return std::move(collected.keys);
}

} // namespace claimcheck::jose

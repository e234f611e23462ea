// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The inspection of a token: its parts, claims with their meaning, every check with its result, the
// verdict, the findings. Pure: token text + key ring + expectations + now -> Inspection.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <base/time.h>
#include <inspect/claims.h>
#include <inspect/context.h>
#include <inspect/finding.h>
#include <jose/jws.h>
#include <jose/sdjwt.h>
#include <jose/verify.h>
#include <json/write.h>

namespace claimcheck::inspect {

class CheckSink;
struct KeyFacts;
struct Opened;

enum class Verdict
{
    NotVerified, ///< decoded only: no key was asked for
    Verified,
    SignatureInvalid,
    NotYetValid,
    Expired,
    RejectedByPolicy,
    NoKey,
    Malformed,
    Decrypted,    ///< an encrypted token that nobody signed, opened with a shared secret
    CannotDecrypt ///< a fitting key was there, and the token did not open
};
/// The words of the command line: "verified", "signature invalid", … ("not verified" for NotVerified).
std::string_view toText(Verdict verdict);
/// Verified or Decrypted: status 0 on the command line.
bool holds(Verdict verdict);

enum class CheckResult
{
    Passed,
    Failed,
    Warning,
    Skipped
};
std::string_view toText(CheckResult result);

struct Check
{
    std::string name; ///< "signature", "exp", "nbf", "iat", "iss", "aud", "typ", "crit", "key", "key
                      ///< strength", "required:sub" …
    CheckResult result = CheckResult::Skipped;
    std::string why;

    bool operator==(const Check&) const = default;
};

/// What the verifier expects beyond the signature. An empty optional is not checked, and said so.
struct Expectations
{
    std::optional<std::string> issuer;
    std::optional<std::string> audience;
    std::optional<std::string> type;
    std::vector<std::string> requiredClaims;
    std::optional<std::string> nonce;  ///< of an ID token, a DPoP proof, the holder's proof of an SD-JWT
    std::optional<std::string> method; ///< `htm` of a DPoP proof
    std::optional<std::string> url;    ///< `htu`
    Secret accessToken;                ///< that a DPoP proof belongs to
    Seconds leeway{0};
    bool allowExpired = false;
};

/// The keys at hand and how they may be used.
struct KeyRing
{
    std::vector<jose::Key> keys;
    jose::VerifyOptions options;
    std::vector<std::string> notes; ///< members of a key set that were skipped …
    /// The key file as it is written, for the rules that look at how; empty for a secret.
    Secret source = {};
    /// It came from where everybody can read it: the address of a key set.
    bool isPublic = false;
    /// Whose keys these are: tokens must name it in `iss` where Expectations say nothing (jose-policy rule
    /// 24).
    std::optional<std::string> issuer = {};

    bool isEmpty() const { return keys.empty(); }
    /// The file's text without what may stand around it.
    std::string_view text() const;
};

/// One of the signatures of a token in the general form (RFC 7515 §7.2.1), or one of the recipients of an
/// encrypted one (RFC 7516 §7.2.1).
struct SignatureOutcome
{
    std::string alg; ///< empty when absent or no string
    std::string kid;
    Verdict verdict = Verdict::NotVerified;
    std::string reason;
    std::string keyUsed;
};

enum class LayerKind
{
    Signed,
    Encrypted
};
std::string_view toText(LayerKind kind); ///< "signed", "encrypted"

/// One layer of a token that is encrypted or holds another one (RFC 7519 §5.2).
struct Layer
{
    LayerKind kind = LayerKind::Signed;
    jose::Serialization form = jose::Serialization::Compact;
    std::optional<json::Document> header;
    std::string alg; ///< empty when absent or no string
    std::string enc; ///< of an encrypted one
    Verdict verdict = Verdict::NotVerified;
    std::string reason;
    std::string keyUsed;
    bool isFromAnybody = false; ///< encrypted to a public key: whoever has that can have made it
    std::vector<SignatureOutcome> recipients = {}; ///< of an encrypted one in the general form
    bool isKeysFault = false;                      ///< refused for what the key is or says
};

/// Layers beyond these stay closed.
inline constexpr std::size_t mostLayers = 8;

struct Inspection
{
    /// The innermost token that could be reached: of an encrypted one that is opened the payload is the
    /// plaintext; of an SD-JWT this is the issuer's, its payload as signed, its text the whole.
    jose::Jws token;
    std::optional<jose::SdJwt> sdJwt;
    /// Outermost first, the innermost at the end. Empty for what is neither encrypted nor nested.
    std::vector<Layer> layers;
    /// Of a token in the general form; `token` is the one that counts.
    std::vector<SignatureOutcome> signatures;
    std::vector<Claim> header;
    std::vector<Claim> claims; ///< with the disclosed ones among them
    Verdict verdict = Verdict::NotVerified;
    std::string reason;            ///< one sentence; empty when verified
    std::string keyUsed;           ///< describe(key) of the key that decided, empty without
    std::vector<Check> checks;     ///< all of them; none is left out because another failed
    std::vector<Finding> findings; ///< by severity, then id
    std::optional<Instant> issuedAt;
    std::optional<Instant> notBefore;
    std::optional<Instant> expiresAt;
    /// `exp` as the token has it, cut to one line's length, where it is no number of seconds or one that
    /// nothing can hold (1e400). Empty for one that can be read, and for none: such a token is not one
    /// without an end.
    std::string unreadableExpiry;

    std::string outerText; ///< the token as it was handed in, where `token` is one inside of it

    /// The token as it was handed in.
    const std::string& text() const { return outerText.empty() ? token.text : outerText; }
    bool isOpaque() const { return token.segments == 0; }
    /// The claims as JSON: of an SD-JWT with the disclosed ones in place, else the payload.
    const std::optional<json::Document>& claimsJson() const
    {
        return sdJwt && sdJwt->disclosed ? sdJwt->disclosed : token.payloadJson;
    }
};

/// A signed token with nothing between its dots, where no detached payload was given for it either: mostly
/// that was left behind (RFC 7515 Appendix F).
bool lacksPayload(const jose::Jws& token);

/// Decodes and explains; verifies nothing and says so (Verdict::NotVerified, or Malformed).
Inspection inspect(std::string_view token, Instant now, const Context& context = {});
/// The same, with encrypted layers opened by the keys of the ring.
Inspection inspectOpened(std::string_view token, const KeyRing& ring, Instant now,
                         const Context& context = {});
/// Decodes, verifies, and judges time and claims (jose-policy: the key decides, all checks are listed).
Inspection inspect(std::string_view token, const KeyRing& ring, const Expectations& expectations, Instant now,
                   const Context& context = {});

/// For many tokens under one ring: keeps OpenSSL's contexts and what is known of the keys. One object a
/// thread.
class Inspector
{
public:
    Inspector(KeyRing ring, Expectations expectations);
    ~Inspector();
    Inspector(Inspector&&) noexcept;
    Inspector& operator=(Inspector&&) noexcept;

    Inspection inspect(std::string_view token, Instant now, const Context& context = {});
    /// Of a token that is decoded already (one with a detached payload): all of its signatures.
    Inspection inspect(std::vector<jose::Jws> token, Instant now, const Context& context = {});
    Inspection inspect(jose::Jws token, Instant now, const Context& context = {});
    /// The same without `header` and `claims` explained.
    Inspection judge(std::string_view token, Instant now, const Context& context = {});
    /// Judges, and writes what writeVerification() does of it; for a batch, which wants nothing else.
    Verdict verify(std::string_view token, Instant now, json::Writer& writer, const Context& context = {});

private:
    Inspection judge(Opened opened, Instant now, const Context& context);
    Inspection judge(Opened opened, Instant now, const Context& context, CheckSink& checks);
    Inspection judgeByItself(Opened opened, Instant now, const Context& context, CheckSink& checks) const;

    KeyRing m_ring;
    Expectations m_expectations;
    std::vector<KeyFacts> m_facts; ///< one a key
    jose::Verifier m_verifier;
    std::string m_checks; ///< of verify(): the text of the checks at hand
};

/// The documented JSON document of `token verify --json` and `token decode --json`.
std::string toJson(const Inspection& inspection, Instant now);
/// The members of the former alone, compact, for who writes the braces (a batch puts `line` first).
void writeVerification(json::Writer& writer, const Inspection& inspection);
/// The member "findings": of all these documents, and of `token lint --json`.
void writeFindings(json::Writer& writer, const std::vector<Finding>& findings);

} // namespace claimcheck::inspect

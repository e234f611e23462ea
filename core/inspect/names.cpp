// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "names.h"

#include <algorithm>
#include <array>
#include <span>

namespace claimcheck::inspect {

// The names that tokens carry most come first: the search is linear.
static constexpr RegisteredName claimNames[] = {
    {"iss", "Issuer"},
    {"sub", "Subject: whom the token is about"},
    {"aud", "Audience: whom the token is for"},
    {"exp", "Expires", true},
    {"nbf", "Not before", true},
    {"iat", "Issued", true},
    {"jti", "Token ID"},
    {"name", "Full name"},
    {"given_name", "Given name"},
    {"family_name", "Family name"},
    {"middle_name", "Middle name"},
    {"nickname", "Casual name"},
    {"preferred_username", "User name to show"},
    {"profile", "Profile page"},
    {"picture", "Profile picture"},
    {"website", "Web page"},
    {"email", "E-mail address"},
    {"email_verified", "The issuer has checked the e-mail address"},
    {"gender", "Gender"},
    {"birthdate", "Birthday"},
    {"zoneinfo", "Time zone"},
    {"locale", "Language and region"},
    {"phone_number", "Phone number"},
    {"phone_number_verified", "The issuer has checked the phone number"},
    {"address", "Postal address"},
    {"updated_at", "Profile updated", true},
    {"azp", "Authorized party: the client that the token was issued to"},
    {"nonce", "Ties the token to one sign-in"},
    {"auth_time", "Signed in", true},
    {"at_hash", "Hash of the access token"},
    {"c_hash", "Hash of the authorization code"},
    {"s_hash", "Hash of the state"},
    {"acr", "How strongly the user was authenticated"},
    {"amr", "How the user was authenticated"},
    {"sid", "Session ID"},
    {"scope", "What the token permits"},
    {"client_id", "Client"},
    {"act", "Actor: who acts for the subject"},
    {"may_act", "Who may act for the subject"},
    {"cnf", "Confirmation: the key that the sender must prove"},
    {"roles", "Roles"},
    {"groups", "Groups"},
    {"entitlements", "Entitlements"},
    {"authorization_details", "What the token permits, in detail"},
    {"events", "Security events"},
    {"toe", "Time of the event", true},
    {"txn", "Transaction ID"},
    {"sub_jwk", "Public key of the subject"},
    {"sub_id", "Subject identifier"},
    {"htm", "HTTP method that the proof is for"},
    {"htu", "HTTP address that the proof is for"},
    {"ath", "Hash of the access token that the proof is for"},
    {"_claim_names", "Claims that come from elsewhere"},
    {"_claim_sources", "Where those claims come from"},
    {"_sd", "Digests of claims that may be disclosed"},
    {"_sd_alg", "Hash algorithm of those digests"},
    {"sd_hash", "Hash of the disclosures"},
    {"vc", "Verifiable credential"},
    {"vp", "Verifiable presentation"},
    {"verified_claims", "Claims with their evidence"},
    {"status", "Where the token's status can be looked up"},
    {"status_list", "List of token statuses"},
    {"ttl", "Seconds for which it may be cached"},
    {"vot", "Vector of trust"},
    {"vtm", "Vector of trust trustmark"},
    {"attest", "Attestation level"},
    {"orig", "Originating identity"},
    {"dest", "Destination identity"},
    {"origid", "Originating identifier"},
    {"mky", "Media key fingerprint"},
    {"rph", "Resource priority"},
    {"jcard", "Contact card"},
    {"at_use_nbr", "How often the token may be used"},
    {"div", "Diverted target of a call"},
    {"opt", "Original passport"},
    {"ace_profile", "ACE profile"},
    {"cnonce", "Client nonce"},
    {"exi", "Expires in (seconds after receipt)"},
    {"token_introspection", "Introspection answer"},
    {"place_of_birth", "Place of birth"},
    {"nationalities", "Nationalities"},
    {"birth_family_name", "Family name at birth"},
    {"birth_given_name", "Given name at birth"},
    {"birth_middle_name", "Middle name at birth"},
    {"salutation", "Salutation"},
    {"title", "Title"},
    {"msisdn", "Mobile phone number"},
    {"also_known_as", "Stage name or pseudonym"},
    {"eat_nonce", "Nonce of an attestation"},
    {"eat_profile", "Profile of an attestation"},
    {"ueid", "Universal entity ID"},
    {"sueids", "Semi-permanent entity IDs"},
    {"oemid", "Hardware maker"},
    {"hwmodel", "Hardware model"},
    {"hwversion", "Hardware version"},
    {"swname", "Software name"},
    {"swversion", "Software version"},
    {"oemboot", "Booted software of the maker"},
    {"dbgstat", "Debug status"},
    {"location", "Place of the device"},
    {"uptime", "Seconds since start"},
    {"bootcount", "Number of starts"},
    {"bootseed", "Seed of this start"},
    {"dloas", "Certifications"},
    {"manifests", "Software manifests"},
    {"measurements", "Measurements"},
    {"measres", "Results of measurements"},
    {"intuse", "Intended use"},
    {"submods", "Submodules"},
    {"cdniv", "CDNI claim set version"},
    {"cdnicrit", "CDNI critical claims"},
    {"cdniip", "CDNI client address"},
    {"cdniuc", "CDNI URI container"},
    {"cdniets", "CDNI expiry of the token", true},
    {"cdnistt", "CDNI transport of signed tokens"},
    {"cdnistd", "CDNI path depth"},
    {"sig_val_claims", "Signature validation"},
    {"atc", "ACME authority token"},
    {"rcd", "Rich call data"},
    {"rcdi", "Integrity of rich call data"},
    {"crn", "Call reason"},
    {"msgi", "Message integrity"},
    {"sip_from_tag", "SIP From tag"},
    {"sip_date", "SIP date", true},
    {"sip_callid", "SIP call ID"},
    {"sip_cseq_num", "SIP CSeq number"},
    {"sip_via_branch", "SIP Via branch"},
    {"geohash", "Place as geohash"},
};

static constexpr RegisteredName headerNames[] = {
    {"alg", "Algorithm"},
    {"typ", "Type of the token"},
    {"kid", "Key ID"},
    {"cty", "Type of the payload"},
    {"enc", "Content encryption"},
    {"crit", "Parameters that must be understood"},
    {"jwk", "Public key of the sender (never trusted)"},
    {"jku", "Address of a key set (never fetched)"},
    {"x5u", "Address of a certificate (never fetched)"},
    {"x5c", "Certificate chain (never trusted)"},
    {"x5t", "SHA-1 thumbprint of the certificate"},
    {"x5t#S256", "SHA-256 thumbprint of the certificate"},
    {"zip", "Compression"},
    {"b64", "Is the payload base64url?"},
    {"epk", "Ephemeral public key"},
    {"apu", "Key agreement: who sends"},
    {"apv", "Key agreement: who receives"},
    {"iv", "Initialization vector"},
    {"tag", "Authentication tag"},
    {"p2s", "PBES2 salt"},
    {"p2c", "PBES2 count"},
    {"iss", "Issuer, repeated in clear"},
    {"sub", "Subject, repeated in clear"},
    {"aud", "Audience, repeated in clear"},
    {"url", "Address that an ACME request is for"},
    {"nonce", "Nonce of an ACME request"},
    {"ppt", "PASSporT extension"},
    {"svt", "Signature validation token"},
    {"trust_chain", "OpenID Federation trust chain"},
    {"client_id", "Client"},
};

struct Hint
{
    std::string_view name;
    std::string_view meaning;
};
static constexpr Hint hints[] = {
    {"scp", "What the token permits"},
    {"role", "Role"},
    {"admin", "Administrator flag"},
    {"is_admin", "Administrator flag"},
    {"permissions", "Permissions"},
    {"tid", "Tenant"},
    {"oid", "User object"},
    {"upn", "User principal name"},
    {"ver", "Version of the token"},
    {"token_use", "What the token is for"},
    {"username", "User name"},
    {"user_id", "User"},
    {"userId", "User"},
    {"id", "Identifier"},
    {"org_id", "Organization"},
    {"typ", "Type of the token"},
    {"hd", "Domain of the account"},
    {"uid", "User"},
    {"appid", "Application"},
    {"session_state", "Session"},
};

static const RegisteredName* findIn(std::span<const RegisteredName> names, std::string_view name)
{
    const auto found = std::ranges::find(names, name, &RegisteredName::name);
    return found == names.end() ? nullptr : &*found;
}

const RegisteredName* findRegisteredClaim(std::string_view name)
{
    return findIn(claimNames, name);
}

const RegisteredName* findRegisteredHeader(std::string_view name)
{
    return findIn(headerNames, name);
}

std::string_view hintFor(std::string_view privateName)
{
    const auto* found = std::ranges::find(hints, privateName, &Hint::name);
    return found == std::end(hints) ? std::string_view() : found->meaning;
}

} // namespace claimcheck::inspect

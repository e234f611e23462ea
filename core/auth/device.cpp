// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "device.h"

#include "answertext.h"
#include "oautherror.h"

#include <cmath>

#include <base/text.h>
#include <http/url.h>
#include <json/document.h>

namespace claimcheck::auth {
namespace {

constexpr Milliseconds longestPause{60'000};
constexpr std::size_t longestLink = 2048;
constexpr const char* noCodeCame = "the server gave no code for the device";

tl::unexpected<Error> noCode(std::string why)
{
    return failure(ErrorKind::Malformed, noCodeCame, std::move(why),
                   "check the device authorization endpoint's address");
}

/// Why it is no link that a person will open: no script, no file, nothing hidden. Null: it is one.
const char* faultOfLink(const std::string& url)
{
    const bool isPlain = std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 0x7f; });
    if (!isPlain || !http::parseUrl(url))
        return "is no http or https address";
    return url.size() > longestLink ? "is longer than 2048 bytes" : nullptr;
}

Result<std::string> linkIn(const json::Value& root, std::initializer_list<const char*> names)
{
    for (const char* const name : names) {
        const auto value = root.find(name);
        if (!value)
            continue;
        const std::string url = value->string();
        if (const char* const fault = faultOfLink(url))
            return noCode("'" + std::string(name) + "' " + fault);
        return url;
    }
    return std::string();
}

Result<void> readTimes(const json::Value& root, DeviceCode& code)
{
    const auto lifetime = root.find("expires_in");
    const auto seconds = lifetime ? secondsIn(*lifetime) : std::nullopt;
    if (!seconds || std::isnan(*seconds) || *seconds <= 0 || *seconds > 7 * 24 * 3600)
        return noCode("'expires_in' is missing, or no time up to a week");
    code.lifetime = Seconds(static_cast<std::int64_t>(*seconds));
    const auto interval = root.find("interval");
    const auto pause = interval ? secondsIn(*interval) : std::nullopt;
    if (pause && *pause >= 1 && *pause <= 3600)
        code.interval = Seconds(static_cast<std::int64_t>(*pause));
    return {};
}

} // namespace

Result<DeviceCode> readDeviceCode(const OAuthLogin& login, const http::Response& response,
                                  const Secrets& sent)
{
    if (const auto error = oauthErrorOf(response))
        return tl::unexpected(toError(*error, noCodeCame, secretsOf(login, sent)));
    if (isOutage(response.status))
        return tl::unexpected(outageOf(response, noCodeCame, secretsOf(login, sent)));
    if (response.status != 200)
        return noCode("it answers " + std::to_string(response.status));
    const auto document = json::parse(response.body.read(largestLoginAnswer));
    if (!document || !document->root().isObject())
        return noCode("its answer is no JSON object");
    const json::Value root = document->root();
    DeviceCode code;
    const auto text = [&root](const char* name) {
        const auto value = root.find(name);
        return value ? value->string() : std::string();
    };
    code.code = Secret(text("device_code"));
    code.userCode = text("user_code");
    if (code.code.isEmpty() || code.userCode.empty() || code.userCode.size() > 200)
        return noCode("its answer has no device_code and user_code");
    // Written so by some that are older than the RFC.
    const auto link = linkIn(root, {"verification_uri", "verification_url"});
    if (!link)
        return tl::unexpected(link.error());
    if (link->empty())
        return noCode("its answer does not say where the code is to be typed");
    code.verificationUri = *link;
    const auto complete = linkIn(root, {"verification_uri_complete"});
    if (!complete)
        return tl::unexpected(complete.error());
    code.completeUri = *complete;
    if (const auto times = readTimes(root, code); !times)
        return tl::unexpected(times.error());
    return code;
}

DevicePolling::Step DevicePolling::waitUnlessOver(Milliseconds elapsed) const
{
    if (elapsed + m_interval < m_lifetime)
        return m_interval;
    return Error{ErrorKind::Refused, "the sign-in was not completed",
                 "the code is over, and nobody confirmed it in time", "sign in anew", std::nullopt};
}

/// §3.5: where nobody answers, or only what stands in front of the server, the pauses grow.
DevicePolling::Step DevicePolling::backOff(Milliseconds elapsed)
{
    m_interval = std::min(m_interval * 2, std::max(longestPause, m_interval));
    return waitUnlessOver(elapsed);
}

DevicePolling::Step DevicePolling::take(const OAuthLogin& login, const http::Exchange& exchange,
                                        Milliseconds elapsed)
{
    if (exchange.error && exchange.error->kind == ErrorKind::Cancelled)
        return *exchange.error;
    if (exchange.error || !exchange.response)
        return backOff(elapsed);
    const auto error = oauthErrorOf(*exchange.response);
    if (error && error->code == "authorization_pending")
        return waitUnlessOver(elapsed);
    if (error && error->code == "slow_down") {
        m_interval += Seconds(5);
        return waitUnlessOver(elapsed);
    }
    auto answer = readTokenAnswer(login, *exchange.response, secretsIn(exchange.request));
    if (answer)
        return *std::move(answer);
    const bool isRefusal = answer.error().kind == ErrorKind::Refused; // whatever its status is
    return isOutage(exchange.response->status) && !isRefusal ? backOff(elapsed) : Step(answer.error());
}

} // namespace claimcheck::auth

// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tokenhistorykeeper.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <archive/record.h>
#include <base/keyedhash.h>
#include <base/random.h>
#include <base/text.h>
#include <http/url.h>
#include <jose/base64url.h>
#include <json/write.h>
#include <keychain/keychain.h>

#include "identities.h"
#include "outcome.h"
#include "secrets.h"
#include "tokencontext.h"

namespace claimcheck::workbench {
namespace {

constexpr std::size_t tokenKeySize = 32;
constexpr std::size_t mostWaitingTokens = 256; ///< a keychain may wait for its owner for minutes

/// The program's own: it belongs to no collection.
keychain::Entry tokenKeyEntry()
{
    return {"", "", "token history: key of the hashes"};
}

std::string compact(const std::optional<json::Document>& document)
{
    return document ? json::format(document->root(), json::Layout::Compact) : std::string();
}

std::string textOfClaim(const std::optional<json::Document>& claims, const char* name)
{
    const auto value = claims ? claims->root().find(name) : std::nullopt;
    return value && value->isString() ? value->string() : std::string();
}

} // namespace

std::optional<archive::TokenRecord> tokenRecordOf(const inspect::Inspection& inspection)
{
    archive::TokenRecord record;
    const bool isNested = !inspection.layers.empty();
    // Also one inside of a signed one: what was encrypted is not kept in clear.
    record.isEncrypted =
        inspection.token.segments == 5 ||
        std::ranges::count(inspection.layers, inspect::LayerKind::Encrypted, &inspect::Layer::kind) > 0;
    record.header = compact(isNested ? inspection.layers.front().header : inspection.token.headerJson);
    if (inspection.isOpaque() || record.header.empty())
        return std::nullopt;
    if (record.isEncrypted)
        return record;
    const auto& claims = inspection.claimsJson();
    record.claims = compact(claims);
    record.subject = textOfClaim(claims, "sub");
    record.issuer = textOfClaim(claims, "iss");
    return record;
}

TokenHistoryKeeper::TokenHistoryKeeper(Workbench& workbench, QObject* parent)
    : QObject(parent), m_workbench(workbench)
{
    connect(&workbench, &Workbench::exchangeFinished, this, [this](const ExchangeResult& result) {
        keep(result.exchange, result.tokens, m_workbench.origin().name);
    });
    connect(&workbench, &Workbench::loginFinished, this, [this](const LoginResult& result) {
        if (result.exchange && result.token)
            keep(*result.exchange, {*result.token}, m_workbench.origin().name);
    });
    connect(&workbench, &Workbench::comparisonFinished, this, &TokenHistoryKeeper::keepCompared);
    connect(&workbench.identities(), &Identities::exchanged, this,
            [this](const QString& name, const http::Exchange& exchange) {
                if (m_options.isOn)
                    keep(exchange, inspectTokens(exchange, {}, currentTime()), "Sign in as " + toUtf8(name));
            });
}

TokenHistoryKeeper::~TokenHistoryKeeper() = default;

Result<void> TokenHistoryKeeper::open(const std::string& directory, const std::string& configDirectory)
{
    m_directory = directory;
    m_configDirectory = configDirectory;
    const auto options = archive::loadTokenOptions(configDirectory);
    m_options = options.value_or(archive::TokenOptions());
    std::error_code none;
    if (m_options.isOn ||
        std::filesystem::exists(directory, none)) // what was kept before is there to be seen
        if (const auto opened = openHistory(); !opened)
            return opened;
    return options ? Result<void>() : tl::unexpected(options.error());
}

Result<void> TokenHistoryKeeper::openHistory()
{
    if (m_history)
        return {};
    auto opened = archive::TokenHistory::open(m_directory);
    if (!opened)
        return tl::unexpected(opened.error());
    m_history = *std::move(opened);
    return {};
}

void TokenHistoryKeeper::setOn(bool isOn)
{
    if (isOn && !m_options.isOn) {
        m_isTurningOn = true;
        return wantKey();
    }
    if (!isOn) {
        m_isTurningOn = false;
        m_asking.reset();
        m_waiting.clear();
        m_search.cancel();
        m_compared.clear();
    }
    m_options.isOn = isOn;
    if (const auto saved = archive::saveTokenOptions(m_configDirectory, m_options); !saved)
        Q_EMIT failed(saved.error());
    Q_EMIT changed();
}

/// Without a keychain nothing is kept: a key beside the hashes would keep nobody from trying tokens on them.
void TokenHistoryKeeper::wantKey()
{
    if (m_asking)
        return;
    if (!m_key.isEmpty())
        return takeKey(Secret(m_key));
    keychain::Keychain* const keychain = m_workbench.secrets().keychain();
    if (keychain == nullptr)
        return giveUp({ErrorKind::Unreachable, "tokens are not kept in the history",
                       "their hashes need a key in the desktop's keychain, and there is none here",
                       "start a keychain service (GNOME Keyring, KWallet), and turn it on again",
                       std::nullopt});
    m_asking = std::make_unique<QObject>();
    keychain->read(tokenKeyEntry(), m_asking.get(), [this](const Result<std::optional<Secret>>& found) {
        if (!found)
            return giveUp(found.error());
        if (*found && (*found)->size() >= tokenKeySize)
            return takeKey(**found);
        makeKey();
    });
}

void TokenHistoryKeeper::makeKey()
{
    std::string bytes = randomBytes(tokenKeySize);
    const Secret key = Secret::adopting(jose::encodeBase64Url(bytes)); // a keychain keeps text
    wipe(bytes);
    m_workbench.secrets().keychain()->write(tokenKeyEntry(), key, m_asking.get(),
                                            [this, key](const Result<void>& written) {
                                                if (!written)
                                                    return giveUp(written.error());
                                                takeKey(key);
                                            });
}

void TokenHistoryKeeper::takeKey(const Secret& key)
{
    m_key = key;
    if (m_asking)
        m_asking.release()->deleteLater(); // it is the one that calls
    if (const auto opened = openHistory(); !opened)
        return giveUp(opened.error());
    if (std::exchange(m_isTurningOn, false)) {
        m_options.isOn = true;
        if (const auto saved = archive::saveTokenOptions(m_configDirectory, m_options); !saved)
            Q_EMIT failed(saved.error());
        Q_EMIT changed();
    }
    addWaiting();
}

void TokenHistoryKeeper::giveUp(const Error& error)
{
    if (m_asking)
        m_asking.release()->deleteLater();
    m_isTurningOn = false;
    m_waiting.clear();
    Q_EMIT failed(error);
    Q_EMIT changed();
}

void TokenHistoryKeeper::keep(const http::Exchange& exchange, const std::vector<FoundInspection>& tokens,
                              const std::string& request)
{
    if (!m_options.isOn || tokens.empty())
        return;
    run::Redactor& redactor = m_workbench.secrets().redactor();
    for (const FoundInspection& token : tokens)
        redactor.learn(token.found.text);
    const auto clean = [&redactor](std::string text) { return redactor.clean(std::move(text)); };
    for (const FoundInspection& token : tokens) {
        auto record = tokenRecordOf(token.inspection);
        if (!record || m_waiting.size() >= mostWaitingTokens)
            continue;
        record->first = record->last = exchange.startedAt;
        for (std::string* part : {&record->header, &record->claims, &record->subject, &record->issuer})
            *part = archive::cut(std::move(*part), clean);
        record->place = archive::cut(token.found.place, clean);
        record->origin = http::originOf(answeredFrom(exchange));
        record->request = archive::cut(request, clean);
        m_waiting.push_back({*std::move(record), Secret(token.found.text)});
    }
    if (!m_waiting.empty())
        wantKey();
}

/// Beside this thread, since there may be many answers and large ones. Those of a comparison before whose
/// tokens are still looked for are searched along with these.
void TokenHistoryKeeper::keepCompared(const std::vector<IdentityAnswer>& answers)
{
    if (!m_options.isOn)
        return;
    for (const IdentityAnswer& answer : answers)
        if (answer.exchange.response)
            m_compared.push_back({answer.exchange, m_workbench.origin().name});
    m_search.run(
        [all = m_compared, now = currentTime()] {
            std::vector<std::vector<FoundInspection>> found;
            found.reserve(all.size());
            for (const Compared& each : all)
                found.push_back(inspectTokens(each.exchange, {}, now));
            return found;
        },
        [this](const std::vector<std::vector<FoundInspection>>& found) {
            const std::vector<Compared> all = std::exchange(m_compared, {});
            for (std::size_t i = 0; i < all.size(); ++i)
                keep(all[i].exchange, found[i], all[i].request);
        });
}

void TokenHistoryKeeper::addWaiting()
{
    if (m_waiting.empty())
        return;
    for (Waiting& waiting : std::exchange(m_waiting, {})) {
        waiting.record.hash = keyedHash(m_key, waiting.token.reveal());
        if (waiting.record.hash.empty())
            continue;
        if (const auto added = m_history->add(waiting.record); !added) {
            Q_EMIT failed(added.error());
            break;
        }
    }
    Q_EMIT changed();
}

void TokenHistoryKeeper::clear()
{
    if (m_history)
        if (const auto cleared = m_history->clear(); !cleared)
            Q_EMIT failed(cleared.error());
    m_key = Secret();
    if (keychain::Keychain* const keychain = m_workbench.secrets().keychain())
        keychain->remove(tokenKeyEntry(), this, [this](const Result<void>& removed) {
            if (!removed)
                Q_EMIT failed(removed.error());
        });
    Q_EMIT changed();
}

} // namespace claimcheck::workbench

// Here and not among the module's others: a program without a history links neither this nor Qt Sql.
#include "moc_tokenhistorykeeper.cpp"

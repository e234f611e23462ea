// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "historykeeper.h"

#include <array>
#include <utility>

#include <base/text.h>
#include <json/write.h>

#include "identities.h"
#include "outcome.h"
#include "secrets.h"

namespace claimcheck::workbench {
namespace {

/// Below this size nobody notices that a body is searched for secrets.
constexpr std::uint64_t cutAtOnce = 64 * 1024;

/// The decoded claims as text, one object a line.
std::string claimsOf(const std::vector<FoundInspection>& tokens)
{
    std::string lines;
    for (const FoundInspection& token : tokens)
        if (const auto& claims = token.inspection.claimsJson())
            lines += json::format(claims->root(), json::Layout::Compact) + "\n";
    return lines;
}

bool isSmall(const http::Exchange& exchange)
{
    const std::uint64_t answer = exchange.response ? exchange.response->body.size() : 0;
    return exchange.request.body.size() + answer <= cutAtOnce;
}

/// Where nobody has looked yet. An answer with a token is a small one.
std::vector<FoundInspection> inspectedTokens(const http::Exchange& exchange)
{
    return isSmall(exchange) ? inspectTokens(exchange, {}, currentTime()) : std::vector<FoundInspection>();
}

/// Something was sent, or nobody was there to send it to; not what was refused or stopped before.
bool wasTried(const http::Exchange& exchange)
{
    if (exchange.response || !exchange.hops.empty())
        return true;
    const ErrorKind kind = exchange.error ? exchange.error->kind : ErrorKind::Cancelled;
    return kind == ErrorKind::Unreachable || kind == ErrorKind::Tls || kind == ErrorKind::TimedOut ||
           kind == ErrorKind::BadAnswer || kind == ErrorKind::TooLarge;
}

/// Without what any of these knows to be secret; null: nothing.
archive::Record recordWithout(const std::array<const run::Redactor*, 2>& redactors,
                              const http::Exchange& exchange, const archive::Origin& origin,
                              const std::string& claims)
{
    const auto clean = [&redactors](std::string text) {
        for (const run::Redactor* redactor : redactors)
            if (redactor != nullptr)
                text = redactor->clean(std::move(text));
        return text;
    };
    archive::Record record = archive::recordOf(exchange, origin, clean);
    record.claims = archive::cut(claims, clean);
    return record;
}

} // namespace

HistoryKeeper::HistoryKeeper(Workbench& workbench, QObject* parent) : QObject(parent), m_workbench(workbench)
{
    m_pool.setMaxThreadCount(1);
    connect(&workbench, &Workbench::exchangeFinished, this, [this](const ExchangeResult& result) {
        keep(result.exchange, m_workbench.origin(), result.tokens);
    });
    connect(&workbench, &Workbench::loginFinished, this, &HistoryKeeper::keepLogin);
    connect(&workbench, &Workbench::comparisonFinished, this, &HistoryKeeper::keepCompared);
    connect(&workbench.identities(), &Identities::exchanged, this, &HistoryKeeper::keepSignIn);
}

HistoryKeeper::~HistoryKeeper()
{
    m_pool.waitForDone();
    addWaiting();
}

Result<void> HistoryKeeper::open(const std::string& directory, const std::string& configDirectory)
{
    m_configDirectory = configDirectory;
    const auto options = archive::loadOptions(configDirectory);
    m_options =
        options.value_or(archive::Options{.isOn = false}); // who switched it off must be able to trust it
    auto opened = archive::History::open(directory);
    if (!opened)
        return tl::unexpected(opened.error());
    m_history = *std::move(opened);
    if (const auto limited = m_history->setLimit(m_options.limit); !limited)
        return limited;
    return options ? Result<void>() : tl::unexpected(options.error());
}

void HistoryKeeper::setOptions(const archive::Options& options)
{
    m_options = options;
    if (const auto saved = archive::saveOptions(m_configDirectory, options); !saved)
        Q_EMIT failed(saved.error());
    if (m_history)
        if (const auto limited = m_history->setLimit(options.limit); !limited)
            Q_EMIT failed(limited.error());
    Q_EMIT changed();
}

void HistoryKeeper::keepLogin(const LoginResult& result)
{
    if (!result.exchange)
        return;
    std::vector<FoundInspection> tokens;
    if (result.token)
        tokens.push_back(*result.token);
    keep(*result.exchange, m_workbench.origin(), tokens);
}

/// The name of each says as whom it was sent.
void HistoryKeeper::keepCompared(const std::vector<IdentityAnswer>& answers)
{
    for (const IdentityAnswer& answer : answers) {
        archive::Origin origin = m_workbench.origin();
        origin.name += answer.name == Identities::nobody ? " (as nobody)" : " (as " + answer.name + ")";
        keep(answer.exchange, origin, inspectedTokens(answer.exchange));
    }
}

/// A sign-in or a renewal.
void HistoryKeeper::keepSignIn(const QString& identity, const http::Exchange& exchange)
{
    const auto& collection = m_workbench.collection();
    archive::Origin origin{{}, {}, {}, "Sign in as " + toUtf8(identity)};
    if (collection) {
        origin.collection = collection->directory;
        origin.environment = m_workbench.environment();
    }
    keep(exchange, origin, inspectedTokens(exchange));
}

void HistoryKeeper::keepOfRun(const archive::Origin& origin, const http::Exchange& exchange,
                              const run::Redactor& known)
{
    keep(exchange, origin, m_options.keepsClaims ? inspectedTokens(exchange) : std::vector<FoundInspection>(),
         &known);
}

void HistoryKeeper::keep(const http::Exchange& exchange, const archive::Origin& origin,
                         const std::vector<FoundInspection>& tokens, const run::Redactor* known)
{
    // What this answer brought is secret from now on, wherever it turns up again.
    run::Redactor& redactor = m_workbench.secrets().redactor();
    redactor.addExchange(exchange);
    for (const FoundInspection& token : tokens)
        redactor.learn(token.found.text);
    if (!m_history || !m_options.isOn || !wasTried(exchange))
        return;
    const std::string claims = m_options.keepsClaims ? claimsOf(tokens) : std::string();
    if (isSmall(exchange))
        return add(recordWithout({&redactor, known}, exchange, origin, claims));
    m_pool.start([this, exchange, origin, claims, session = redactor,
                  ofRun = known != nullptr ? *known : run::Redactor()] {
        archive::Record record = recordWithout({&session, &ofRun}, exchange, origin, claims);
        const std::lock_guard lock(m_mutex);
        m_waiting.push_back(std::move(record));
        QMetaObject::invokeMethod(this, &HistoryKeeper::addWaiting, Qt::QueuedConnection);
    });
}

void HistoryKeeper::addWaiting()
{
    std::vector<archive::Record> records;
    {
        const std::lock_guard lock(m_mutex);
        records = std::exchange(m_waiting, {});
    }
    for (const archive::Record& record : records)
        add(record);
}

void HistoryKeeper::add(const archive::Record& record)
{
    if (const auto added = m_history->add(record); !added)
        Q_EMIT failed(added.error());
    Q_EMIT changed();
}

} // namespace claimcheck::workbench

// Here and not among the module's others: a program without a history links neither this nor Qt Sql.
#include "moc_historykeeper.cpp"

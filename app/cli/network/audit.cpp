// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `audit`: forged tokens against protected routes, one at a time, and a report of what got through.

#include <algorithm>
#include <optional>

#include <CLI/CLI.hpp>

#include <audit/auditor.h>
#include <audit/shown.h>
#include <base/text.h>
#include <cli/auditmaterial.h>
#include <cli/command.h>

#include "auditlast.h"
#include "audittargets.h"
#include "confirmedhosts.h"
#include "eventloop.h"
#include "interrupt.h"
#include "progressbar.h"
#include "reportoptions.h"

namespace claimcheck::cli {

namespace {

class Audit final : public Command
{
public:
    void addOptions(CLI::App& app) override;
    Result<Exit> run(Console& console) override;

private:
    Result<audit::Settings> settings() const;
    Result<std::vector<audit::Route>> routes(Console& console);
    Result<void> checkMethods(const std::vector<audit::Route>& routes, Console& console) const;
    void remember(const audit::Settings& settings, const std::vector<audit::Route>& routes,
                  Console& console) const;
    Result<audit::Material> materialFor(const audit::Target& target, const AuditTokens& tokens,
                                        Console& console) const;
    Result<Exit> showPlan(Console& console, const audit::Auditor& auditor,
                          const std::vector<audit::Route>& routes) const;
    Result<audit::Report> runAll(const std::vector<audit::Route>& routes, const audit::Settings& settings,
                                 Console& console) const;
    Result<Exit> write(Console& console, const audit::Report& report) const;

    AuditTargetOptions m_targets;
    AuditMaterialOptions m_material;
    AuditLastOptions m_last;
    ReportOptions m_report;
    AuditTargets m_read;
    std::vector<std::string> m_attacks;
    std::vector<std::string> m_except;
    std::vector<std::string> m_methods;
    std::string m_canary;
    bool m_goodInQuery = false;
};

void Audit::addOptions(CLI::App& app)
{
    m_targets.addTo(app);
    m_material.addTo(app);
    m_last.addTo(app);
    app.get_option("--second-session")->excludes(app.get_option("--second-token"));
    auto* attacks = app.add_option("--attacks", m_attacks, "Only these, by id or finding class")
                        ->type_name("A[,B...]")
                        ->delimiter(',')
                        ->allow_extra_args(false);
    app.add_option("--except", m_except, "All but these")
        ->type_name("A[,B...]")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->excludes(attacks);
    app.add_option(
           "--methods", m_methods,
           "POST, PUT, PATCH or DELETE tried without a token too, besides HEAD and OPTIONS; of one route, "
           "and where one gets through, it changes data")
        ->type_name("M[,M...]")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->check(CLI::IsMember({"POST", "PUT", "PATCH", "DELETE"}));
    m_report.addRate(app);
    app.add_option("--canary", m_canary,
                   "A text, or a JSON pointer to a value, that every good answer holds and no refusal")
        ->type_name("TEXT");
    m_report.addTo(app);
    app.add_flag("--token-in-log", m_goodInQuery, "Send the good token in a URL too, where servers log it");
}

Result<audit::Settings> Audit::settings() const
{
    if (auto checked = m_report.checkRate(); !checked)
        return tl::unexpected(checked.error());
    audit::Settings settings;
    settings.rate = m_report.rate();
    settings.isConfirmed = m_report.isConfirmed();
    settings.mayWrite = m_targets.mayWrite();
    settings.methods = m_methods;
    const auto chosen = attacksOf(m_attacks, "--attacks");
    const auto left = chosen ? attacksOf(m_except, "--except") : chosen;
    if (!left)
        return tl::unexpected(left.error());
    settings.chosen = *chosen;
    if (!left->empty())
        for (const audit::Attack& attack : audit::attacks())
            if (std::ranges::find(*left, &attack) == left->end())
                settings.chosen.push_back(&attack);
    return settings;
}

Result<audit::Material> Audit::materialFor(const audit::Target& target, const AuditTokens& tokens,
                                           Console& console) const
{
    auto material = m_material.read(target.token, audit::hostWords(target.request.url), console);
    if (!material)
        return material;
    material->mayQuery = m_goodInQuery;
    if (!tokens.second.isEmpty())
        material->secondToken = std::string(tokens.second.reveal());
    if (material->idToken.empty()) // what was given comes first
        material->idToken = std::string(tokens.idToken.reveal());
    return material;
}

Result<std::vector<audit::Route>> Audit::routes(Console& console)
{
    auto read = m_targets.read(console, m_report.isDryRun());
    if (!read)
        return tl::unexpected(read.error());
    m_read = *std::move(read);
    if (m_report.isDryRun())
        m_material.planOnly(m_read.session == nullptr);
    const AuditTokens& tokens = m_read.tokens;
    const ConnectionOptions& connection = m_targets.connection();
    m_material.setRoute({.caFile = connection.tls().caFile,
                         .proxy = connection.proxy(),
                         .isVerified = connection.tls().verify,
                         .timeout = connection.totalTimeout()});
    std::vector<audit::Route> routes;
    for (const audit::Target& target : m_read.targets) {
        auto material =
            audit::materialBehind(routes, target.token, [&] { return materialFor(target, tokens, console); });
        if (!material)
            return tl::unexpected(material.error());
        routes.push_back({target, *std::move(material), m_canary, tokens.others});
    }
    return routes;
}

/// The leave to try them is given for each route anew.
Result<void> Audit::checkMethods(const std::vector<audit::Route>& routes, Console& console) const
{
    if (m_methods.empty())
        return {};
    if (routes.size() > 1)
        return failure(ErrorKind::Usage, "--methods cannot be used",
                       "it is for one route, and " + std::to_string(routes.size()) + " are tested",
                       "name one with --route or --url");
    if (!m_report.isDryRun())
        console.warn("methods that may change something are sent without a token (--methods)");
    return {};
}

/// Of the routes, and of the server that logs out.
void Audit::remember(const audit::Settings& settings, const std::vector<audit::Route>& routes,
                     Console& console) const
{
    std::vector<http::Request> requests;
    for (const audit::Route& route : routes) {
        requests.push_back(route.target.request);
        if (settings.last.ending)
            if (const auto ending = settings.last.ending(Secret(route.target.token)))
                requests.push_back(*ending);
    }
    rememberHosts(requests, console);
}

Result<Exit> Audit::showPlan(Console& console, const audit::Auditor& auditor,
                             const std::vector<audit::Route>& routes) const
{
    const std::vector<audit::Plan> plans = auditor.plans();
    std::vector<std::string> names;
    std::string text;
    for (std::size_t i = 0; i < plans.size(); ++i) {
        const audit::Target& target = routes[i].target;
        names.push_back(target.request.method + " " +
                        audit::shownUrl(target, target.request.url, audit::knownOf(routes[i])));
        text += audit::planText(plans[i], names.back());
    }
    const bool isJson = m_report.format(console) == "json";
    const auto shown = m_report.write(isJson ? audit::planJson(plans, names) : text, console);
    return shown ? Result<Exit>(Exit::Holds) : tl::unexpected(shown.error());
}

/// Sends it all and waits for its end, which Ctrl+C brings at once.
Result<audit::Report> Audit::runAll(const std::vector<audit::Route>& routes, const audit::Settings& settings,
                                    Console& console) const
{
    audit::Auditor auditor(routes, settings);
    const std::vector<audit::Plan> plans = auditor.plans();
    std::size_t total = 0;
    std::size_t requests = 0;
    for (const audit::Plan& plan : plans) {
        total += plan.controls.size() + plan.forgeries.size() + plan.last.size();
        requests += plan.requests();
    }
    audit::Report report;
    std::optional<ProgressBar> bar(std::in_place, total, !console.quiet());
    QObject::connect(&auditor, &audit::Auditor::rowAdded, [&bar](const audit::Row& row) {
        bar->advance(row.outcome == audit::Outcome::Accepted);
    });
    QObject::connect(&auditor, &audit::Auditor::waiting, [&bar, &console](Instant until) {
        bar->hide();
        console.note("waiting for the good token to expire: " + formatFull(until, currentTime()) +
                     "; Ctrl+C ends the audit here");
    });
    QObject::connect(&auditor, &audit::Auditor::finished, [&report](const audit::Report& finished) {
        report = finished;
        EventLoop::quit();
    });
    if (const auto started = auditor.start(); !started)
        return tl::unexpected(started.error());
    if (m_report.isConfirmed())
        remember(settings, routes, console);
    // Nothing goes out before the event loop runs.
    console.note("about " + std::to_string(requests) + " requests to " + std::to_string(plans.size()) +
                 (plans.size() == 1 ? " route" : " routes"));
    const Interrupt interrupt([&auditor] { auditor.stop(); });
    QCoreApplication::exec();
    return report;
}

Exit auditStatusOf(const audit::Report& report)
{
    if (report.isInterrupted)
        return Exit::Interrupted;
    const bool isAnswered =
        std::ranges::any_of(report.routes, [](const audit::RouteReport& route) { return route.wasAnswered; });
    if (!isAnswered)
        return Exit::NoAnswer;
    if (!audit::findingsOf(report).empty())
        return Exit::DoesNotHold;
    return audit::isJudged(report) ? Exit::Holds : Exit::NothingJudged;
}

Result<Exit> Audit::write(Console& console, const audit::Report& report) const
{
    const audit::ReportFormat* const format = audit::findFormat(m_report.format(console));
    if (auto written = m_report.write(format->write(report), console); !written)
        return tl::unexpected(written.error());
    if (m_report.needsSummary(console))
        console.note(audit::summaryOf(report));
    for (const audit::RouteReport& route : report.routes)
        if (!route.objection.empty())
            console.note("not testable: " + visible(route.url) + ": " + visible(route.objection));
    const Exit status = auditStatusOf(report);
    if (status == Exit::NothingJudged)
        console.note("nothing could be judged: the report says of each attack why");
    return status;
}

Result<Exit> Audit::run(Console& console)
{
    if (auto writable = m_report.checkOutput(); !writable)
        return tl::unexpected(writable.error());
    auto chosen = settings();
    if (!chosen)
        return tl::unexpected(chosen.error());
    chosen->confirmedHosts = hostsConfirmedBefore(console);
    EventLoop loop;
    const auto all = routes(console);
    if (!all)
        return tl::unexpected(all.error());
    if (const auto checked = checkMethods(*all, console); !checked)
        return tl::unexpected(checked.error());
    auto last = m_last.read(m_targets, m_read, console);
    if (!last)
        return tl::unexpected(last.error());
    chosen->last = *std::move(last);
    if (m_report.isDryRun())
        return showPlan(console, audit::Auditor(*all, *chosen), *all);
    auto report = runAll(*all, *chosen, console);
    if (!report)
        return tl::unexpected(report.error());
    report->folder = m_targets.folder();
    return write(console, *report);
}

} // namespace

std::unique_ptr<Command> makeAudit()
{
    return std::make_unique<Audit>();
}

} // namespace claimcheck::cli

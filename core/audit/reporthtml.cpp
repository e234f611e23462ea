// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The report as one page to hand on: summary, a heat map of routes and attacks, each finding with evidence
// and fix. No script, nothing from elsewhere (its policy forbids both), every word of a server as text.

#include "report.h"

#include <base/htmlpage.h>
#include <base/text.h>

namespace claimcheck::audit {

namespace {

constexpr std::string_view auditStyle =
    R"(body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #8884; }
.scroll { overflow-x: auto; }
.map th, .map td { padding: .3rem .5rem; white-space: nowrap; }
.accepted { color: light-dark(#a11, #ff8f8f); font-weight: 600; }
.refused { color: light-dark(#0a6b2d, #6fd08c); }
.inconclusive { color: light-dark(#8a5a00, #e6b450); }
.noted, .not-run { color: light-dark(#666, #aaa); }
section { border-left: 4px solid light-dark(#a11, #ff8f8f); margin: 1.5rem 0; padding-left: 1rem; }
section.follows { border-color: #8888; }
code, pre { overflow-wrap: anywhere; white-space: pre-wrap; font-size: .9em; }
dt { font-weight: 600; margin-top: .4rem; }
dd { margin: 0; }
)";

std::string cell(const RouteReport& route, const Attack& attack)
{
    const AttackOutcome worst = worstOf(route, attack);
    const std::string_view note = worst.outcome == Outcome::Accepted ? noFindingWords(attack) : "";
    const std::string kind(note.empty() ? toText(worst.outcome) : "noted");
    const std::string words = withReplaced(std::string(toText(worst.outcome)), "-", " ") +
                              (note.empty() ? "" : " (" + std::string(note) + ")");
    const std::string why = worst.first ? escapedMarkup(worst.first->why) : std::string();
    return "<td class=\"" + kind + "\" title=\"" + why + "\">" + words + "</td>";
}

std::string heatMap(const Report& report)
{
    std::string text =
        "<h2>Routes and attacks</h2>\n<div class=\"scroll\"><table class=\"map\">\n<tr><th>Attack</th>";
    for (const RouteReport& route : report.routes)
        text += "<th>" + escapedMarkup(route.method + " " + route.name) + "</th>";
    text += "</tr>\n";
    for (const Attack& attack : attacks()) {
        text +=
            "<tr><th title=\"" + escapedMarkup(attack.does) + "\">" + escapedMarkup(attack.title) + "</th>";
        for (const RouteReport& route : report.routes)
            text += cell(route, attack);
        text += "</tr>\n";
    }
    return text + "</table></div>\n";
}

std::string item(const char* name, std::string_view text)
{
    return text.empty() ? std::string()
                        : "<dt>" + std::string(name) + "</dt><dd><code>" +
                              escapedMarkup(text, LineEnds::Keep) + "</code></dd>\n";
}

std::string findingSection(const Finding& finding)
{
    const Row& row = *finding.rows.front();
    const Attack& attack = *finding.attack;
    const bool wasAccepted = row.outcome == Outcome::Accepted; // else who was refused had it ask for a key
    std::string variants;
    for (const Row* one : finding.rows)
        variants += (variants.empty() ? "" : "; ") + one->variant;
    const Cvss cvss = cvssFor(finding.findingClass, finding.severity);
    std::string text = finding.followsFrom.empty() ? "<section>\n" : "<section class=\"follows\">\n";
    text += "<h3>" + escapedMarkup(attack.title) + " <small>" + escapedMarkup(finding.findingClass) + ", " +
            std::string(toText(finding.severity)) + "</small></h3>\n<p>" + escapedMarkup(attack.does) + " " +
            escapedMarkup(finding.means) + ".";
    if (!finding.followsFrom.empty())
        text += " Follows from " + escapedMarkup(finding.followsFrom) + ".";
    text += "</p>\n<dl>\n" + item("Route", finding.route->method + " " + finding.route->url) +
            item(wasAccepted ? "Got through" : "Had our listener asked", variants) +
            item("Recipe", row.recipe) + item("Header", row.header) + item("Send it again", row.curl) +
            item("Answer", row.why + "\n" + row.answer) +
            item("References", "CWE-" + std::to_string(finding.cwe) + ", OWASP " + std::string(attack.owasp) +
                                   ", ASVS 5.0 " + std::string(asvsFor(finding.findingClass)) + ", " +
                                   std::string(attack.reference)) +
            item("CVSS", std::string(cvss.score) + " (" + std::string(cvss.vector) + ")");
    return text + "<dt>Fix</dt><dd>" + escapedMarkup(fixFor(finding.findingClass)) +
           "</dd>\n</dl>\n</section>\n";
}

std::string routeLine(const RouteReport& route)
{
    const std::size_t noted = notedIn(route);
    std::string state = std::to_string(countOf(route, Outcome::Refused)) + " refused, " +
                        std::to_string(countOf(route, Outcome::Accepted) - noted) + " accepted, " +
                        std::to_string(countOf(route, Outcome::Inconclusive)) + " inconclusive";
    if (const std::size_t count = countOf(route, Outcome::NotRun); count > 0) // of that nothing is known
        state += ", " + std::to_string(count) + " not run";
    if (noted > 0)
        state += ", " + std::to_string(noted) + " more accepted, no findings by themselves";
    if (!route.objection.empty())
        state = "not testable: " + route.objection;
    return "<li><code>" + escapedMarkup(route.method + " " + route.url) + "</code>: " + escapedMarkup(state) +
           "</li>\n";
}

} // namespace

std::string htmlReport(const Report& report)
{
    const std::vector<Finding> findings = findingsOf(report);
    std::string text = htmlHead("Forged-token audit", auditStyle) + "<h1>Forged-token audit</h1>\n<p>" +
                       escapedMarkup(summaryOf(report)) + " &middot; " +
                       escapedMarkup(formatUtc(report.startedAt)) + "</p>\n<ul>\n";
    for (const RouteReport& route : report.routes)
        text += routeLine(route);
    text += "</ul>\n" + heatMap(report);
    if (!findings.empty())
        text += "<h2>Findings</h2>\n";
    for (const Finding& finding : findings)
        text += findingSection(finding);
    return text + "</body>\n</html>\n";
}

} // namespace claimcheck::audit

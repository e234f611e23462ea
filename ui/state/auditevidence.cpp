// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/auditevidence.h>

#include <QtCore/qcoreapplication.h>

#include <base/text.h>
#include <state/plaintip.h>

#include <set>
#include <utility>

namespace claimcheck::ui {
namespace {

QString evidenceWords(const char* text)
{
    return QCoreApplication::translate("claimcheck::ui::AuditEvidence", text);
}

QString shownText(std::string_view text)
{
    return toQString(visible(text));
}

void addPart(QStringList& lines, const QString& label, const QString& text)
{
    if (!text.isEmpty())
        lines += label + QStringLiteral(": ") + text;
}

/// What came from a file or a server stays one line each.
void addLines(QStringList& lines, const QString& label, const QString& text)
{
    lines += label + u':';
    for (const QString& line : text.split(u'\n'))
        lines += QStringLiteral("    ") + shownText(toUtf8(line));
}

/// The token was refused, but the server asked for the key where it said: a finding of its own.
bool isKeyAsked(const audit::Row* row)
{
    return row != nullptr && row->wasHeard && row->outcome != audit::Outcome::Accepted;
}

/// CWE, OWASP and the standards.
QString references(const audit::Attack& attack, const audit::Row* row)
{
    QStringList all;
    all += QStringLiteral("CWE-") + QString::number(isKeyAsked(row) ? 918 : attack.cwe);
    all += shownText(attack.owasp);
    all += shownText(attack.reference);
    return all.join(QStringLiteral(" · "));
}

QString fixOf(const audit::Attack& attack, const audit::Row* row)
{
    return shownText(
        audit::fixFor(isKeyAsked(row) ? std::string_view("key-url-followed") : attack.findingClass));
}

} // namespace

void AuditVariants::setVariants(std::vector<AuditMatrix::Variant> variants)
{
    beginResetModel();
    m_variants = std::move(variants);
    endResetModel();
}

const AuditMatrix::Variant* AuditVariants::variantAt(int row) const
{
    const auto at = static_cast<std::size_t>(row);
    return row >= 0 && at < m_variants.size() ? &m_variants[at] : nullptr;
}

int AuditVariants::worst() const
{
    for (const CellState state : {CellState::Accepted, CellState::Noted, CellState::Inconclusive,
                                  CellState::Refused, CellState::NotRun})
        for (std::size_t i = 0; i < m_variants.size(); ++i)
            if (stateOf(m_variants[i].row) == state)
                return static_cast<int>(i);
    return -1;
}

int AuditVariants::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_variants.size());
}

int AuditVariants::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

static QString variantCell(const audit::Row& row, int column)
{
    switch (column) {
    case AuditVariants::ResultColumn:
        return QString(stateSign(stateOf(row)) + u' ' + stateWord(stateOf(row)));
    case AuditVariants::VariantColumn:
        return shownText(row.variant);
    case AuditVariants::StatusColumn:
        return row.status > 0 ? QString::number(row.status) : QString();
    default:
        return shownText(row.why);
    }
}

QVariant AuditVariants::data(const QModelIndex& index, int role) const
{
    const AuditMatrix::Variant* const variant = index.isValid() ? variantAt(index.row()) : nullptr;
    if (variant == nullptr || index.column() >= ColumnCount)
        return {};
    if (role == Qt::DisplayRole)
        return variantCell(variant->row, index.column());
    if (role == Qt::ToolTipRole)
        return plainTip(variantCell(variant->row, index.column()));
    if (role == AuditMatrix::StateRole)
        return static_cast<int>(stateOf(variant->row));
    return {};
}

QVariant AuditVariants::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    const QString titles[] = {tr("Result"), tr("Variant"), tr("Status"), tr("Why")};
    return section < ColumnCount ? titles[section] : QString();
}

QString attackText(const audit::Attack& attack)
{
    QStringList lines{shownText(attack.title) + QStringLiteral(" (") + shownText(attack.id) +
                      QStringLiteral(")")};
    addPart(lines, evidenceWords("What it does"), shownText(attack.does));
    addPart(lines, evidenceWords("A correct server"), shownText(attack.correct));
    addPart(lines, evidenceWords("Acceptance means"), shownText(attack.acceptance));
    addPart(lines, evidenceWords("Severity"), shownText(audit::toText(attack.severity)));
    addPart(lines, evidenceWords("References"), references(attack, nullptr));
    addPart(lines, evidenceWords("Fix"), fixOf(attack, nullptr));
    return lines.join(u'\n');
}

QString evidenceText(const audit::Attack& attack, const audit::Row& row, const EvidenceAround& around)
{
    const bool isAccepted = row.outcome == audit::Outcome::Accepted;
    QStringList lines{shownText(attack.title) + QStringLiteral(" · ") + shownText(row.variant)};
    addPart(lines, evidenceWords("Result"),
            QString(stateWord(stateOf(row)) + (row.why.empty() ? QString() : QStringLiteral(": ")) +
                    shownText(row.why)));
    if (around.request.isEmpty())
        addPart(lines, evidenceWords("Sent"), shownText(row.request));
    else
        addLines(lines, evidenceWords("Sent"),
                 row.mark.empty()
                     ? around.request
                     : QString(around.request + QStringLiteral("\nX-Audit: ") + toQString(row.mark)));
    addPart(lines, evidenceWords("The forged token"), shownText(row.recipe));
    addPart(lines, evidenceWords("Its header"), shownText(row.header));
    if (row.status > 0)
        addPart(lines, evidenceWords("Answer"), QString::number(row.status));
    addPart(lines, evidenceWords("Its body"), shownText(row.answer));
    addPart(lines, evidenceWords("To compare"), around.controls);
    if (row.wasHeard)
        addPart(lines, evidenceWords("Key address"),
                evidenceWords("the server asked our listener for a key, as the token told it to"));
    if (row.isServerError)
        addPart(lines, evidenceWords("Robustness"), evidenceWords("this token makes the server fail"));
    addPart(lines, evidenceWords("A correct server"), shownText(attack.correct));
    addPart(lines, isAccepted ? evidenceWords("This means") : evidenceWords("Acceptance would mean"),
            shownText(attack.acceptance));
    addPart(lines, isAccepted ? evidenceWords("Severity") : evidenceWords("Severity if accepted"),
            shownText(audit::toText(attack.severity)));
    addPart(lines, evidenceWords("References"), references(attack, &row));
    if (isAccepted || row.wasHeard)
        addPart(lines, evidenceWords("Fix"), fixOf(attack, &row));
    addPart(lines, evidenceWords("Send it again"), shownText(row.curl));
    return lines.join(u'\n');
}

QString auditSentence(const audit::Report& report)
{
    return shownText(audit::summaryOf(report));
}

QString worstHeading(const std::vector<audit::Finding>& findings)
{
    const audit::Finding& worst = findings.front();
    std::set<const audit::RouteReport*> routes;
    for (const audit::Finding& finding : findings)
        if (finding.severity == worst.severity)
            routes.insert(finding.route);
    QString severity = toQString(audit::toText(worst.severity));
    severity[0] = severity[0].toUpper();
    const QString route = routeWords(worst.route->method, worst.route->url);
    const std::size_t more = routes.size() - 1;
    const QString heading = QString(severity + QStringLiteral(" · ") + route);
    return more == 0   ? heading
           : more == 1 ? evidenceWords("%1 and 1 more route").arg(heading)
                       : evidenceWords("%1 and %2 more routes").arg(heading, QString::number(more));
}

} // namespace claimcheck::ui

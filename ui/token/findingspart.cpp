// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/findingspart.h>

#include <algorithm>

#include <QtCore/qitemselectionmodel.h>
#include <QtGui/qevent.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qlabel.h>

#include <state/advice.h>
#include <theme/widgets.h>
#include <token/verdicttext.h>

namespace claimcheck::ui {
namespace {

constexpr int narrowBelow = 640; ///< a title beside severity, id and reference would be a letter or two
constexpr int idColumn = 2;
constexpr int referenceColumn = 3;

QString iconOf(inspect::Severity severity)
{
    if (severity <= inspect::Severity::High)
        return QStringLiteral("cross");
    return severity == inspect::Severity::Medium ? QStringLiteral("warning") : QStringLiteral("info");
}

const char* chipKind(inspect::Severity severity)
{
    switch (severity) {
    case inspect::Severity::Error:
    case inspect::Severity::High:
        return "badChip";
    case inspect::Severity::Medium:
        return "warnChip";
    case inspect::Severity::Low:
        return "infoChip";
    case inspect::Severity::Info:
        break;
    }
    return "chip";
}

/// Narrow, id and reference stand under the title.
std::vector<CellRow> findingRows(const std::vector<inspect::Finding>& findings, bool isNarrow)
{
    std::vector<CellRow> rows;
    for (const inspect::Finding& finding : findings) {
        const QString title = shown(finding.title);
        const QString reference = shown(finding.reference);
        const QString id = shown(finding.id);
        const QString text =
            isNarrow ? QString(title + u'\n' + id + QStringLiteral(" · ") + reference) : title;
        const QString lines = QString(reference).replace(QStringLiteral("; "), QStringLiteral(";\n"));
        const Role role = roleOf(finding.severity);
        rows.push_back(
            {Cell{severityWord(finding.severity), role, Cell::Face::Bold, iconOf(finding.severity)},
             Cell{text, Role::Text, Cell::Face::Normal, {}, title}, Cell{id, Role::Muted, Cell::Face::Mono},
             Cell{lines, Role::Muted, Cell::Face::Normal, {}, reference}});
    }
    return rows;
}

} // namespace

FindingsPart::FindingsPart(QWidget* parent)
    : QWidget(parent),
      m_table(new CellTable(QStringLiteral("tokenFindings"), tr("Findings"),
                            {QString(), QString(), QString(), QString()}, {104, 400, 190})),
      m_advice(plainLabel()),
      m_goThere(linkButton(tr("Go there"), QStringLiteral("goToFinding")))
{
    m_table->stretch(1);
    m_table->setWrapped(1);
    m_advice->setObjectName(QStringLiteral("findingAdvice"));
    m_advice->setWordWrap(true);
    m_advice->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeTitle());
    column->addSpacing(space::tiny);
    column->addWidget(m_table);
    column->addSpacing(space::small);
    column->addWidget(makeAdvice());
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &FindingsPart::choose);
    connect(m_table->model(), &QAbstractItemModel::modelReset, this, &FindingsPart::showAdvice);
    connect(m_table, &QAbstractItemView::activated, this, &FindingsPart::goThere);
    connect(m_goThere, &QPushButton::clicked, this, &FindingsPart::goThere);
}

QWidget* FindingsPart::makeTitle()
{
    auto* part = new QWidget;
    auto* row = new QHBoxLayout(part);
    row->setContentsMargins(space::inset, 0, space::inset, 0);
    row->setSpacing(space::tiny + 2);
    row->addWidget(sectionTitle(tr("Findings")));
    row->addSpacing(space::tiny);
    for (std::size_t index = 0; index < m_counts.size(); ++index) {
        const auto severity = static_cast<inspect::Severity>(index);
        m_counts[index] = captionLabel();
        m_counts[index]->setObjectName(QString(QStringLiteral("findingCount") + severityWord(severity)));
        setKind(m_counts[index], chipKind(severity));
        row->addWidget(m_counts[index]);
    }
    row->addStretch(1);
    return part;
}

/// What the chosen finding means, in words, and the way to its place.
QWidget* FindingsPart::makeAdvice()
{
    m_goThere->setAccessibleDescription(tr("Puts the cursor where this was found"));
    m_adviceBox = new QWidget;
    auto* column = new QVBoxLayout(m_adviceBox);
    column->setContentsMargins(space::inset, 0, space::inset, 0);
    column->setSpacing(space::tiny);
    column->addWidget(m_advice);
    column->addWidget(m_goThere, 0, Qt::AlignLeft);
    return m_adviceBox;
}

void FindingsPart::show(const std::vector<inspect::Finding>& findings)
{
    m_shownFindings = findings;
    m_table->setRows(findingRows(findings, m_isNarrow));
    showCounts();
    setVisible(!findings.empty());
    showAdvice();
}

void FindingsPart::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const bool isNarrow = event->size().width() < narrowBelow;
    if (isNarrow == m_isNarrow)
        return;
    m_isNarrow = isNarrow;
    m_table->setColumnHidden(idColumn, isNarrow);
    m_table->setColumnHidden(referenceColumn, isNarrow);
    m_table->setRows(findingRows(m_shownFindings, isNarrow));
}

void FindingsPart::showCounts()
{
    for (std::size_t index = 0; index < m_counts.size(); ++index) {
        const auto severity = static_cast<inspect::Severity>(index);
        const auto count = std::ranges::count(m_shownFindings, severity, &inspect::Finding::severity);
        m_counts[index]->setText(QString(QString::number(count) + u' ' + severityWord(severity).toLower()));
        m_counts[index]->setVisible(count > 0);
    }
}

const inspect::Finding* FindingsPart::chosenFinding() const
{
    const auto row = static_cast<std::size_t>(m_table->currentIndex().row());
    return m_table->currentIndex().isValid() && row < m_shownFindings.size() ? &m_shownFindings[row]
                                                                             : nullptr;
}

void FindingsPart::choose()
{
    showAdvice();
    if (const inspect::Finding* finding = chosenFinding())
        Q_EMIT chosen(*finding);
}

void FindingsPart::showAdvice()
{
    const inspect::Finding* finding = chosenFinding();
    m_adviceBox->setVisible(finding != nullptr);
    if (finding == nullptr)
        return;
    QStringList parts{shown(adviceInWindow(finding->id, finding->advice))};
    if (!finding->seen.empty())
        parts.append(tr("Seen: %1").arg(shown(finding->seen, 400)));
    if (!finding->where.empty())
        parts.append(tr("Where: %1").arg(shown(finding->where)));
    parts.append(tr("See: %1").arg(shown(finding->reference)));
    m_advice->setText(parts.join(u'\n'));
}

void FindingsPart::goThere()
{
    if (const inspect::Finding* finding = chosenFinding())
        Q_EMIT goThereRequested(*finding);
}

} // namespace claimcheck::ui

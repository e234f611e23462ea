// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/decodedpart.h>

#include <algorithm>

#include <QtCore/qitemselectionmodel.h>
#include <QtGui/qclipboard.h>
#include <QtGui/qguiapplication.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qscrollarea.h>
#include <QtWidgets/qstackedwidget.h>

#include <base/text.h>
#include <theme/widgets.h>
#include <token/verdicttext.h>

namespace claimcheck::ui {
namespace {

constexpr int payloadLines = 400;

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

std::vector<CellRow> findingRows(const std::vector<inspect::Finding>& findings)
{
    std::vector<CellRow> rows;
    for (const inspect::Finding& finding : findings) {
        const QString title = shown(finding.title);
        const QString reference = shown(finding.reference);
        const Role role = roleOf(finding.severity);
        rows.push_back(
            {Cell{severityWord(finding.severity), role, Cell::Face::Bold, iconOf(finding.severity)},
             Cell{title, Role::Text, Cell::Face::Normal, {}, title},
             Cell{shown(finding.id), Role::Muted, Cell::Face::Mono},
             Cell{reference.section(u';', 0, 0), Role::Muted, Cell::Face::Normal, {}, reference}});
    }
    return rows;
}

} // namespace

DecodedPart::DecodedPart(QWidget* parent)
    : QWidget(parent),
      m_pages(new QStackedWidget),
      m_banner(new Banner),
      m_bar(new ValidityBar),
      m_views(new FlatTabBar),
      m_claims(new CellTable(QStringLiteral("tokenClaims"), tr("Claims"),
                             {tr("Claim"), tr("Value"), tr("Meaning")}, {92, 250})),
      m_payload(new JsonView(QStringLiteral("tokenPayload"), tr("Decoded payload"), Role::TokenPayload)),
      m_findings(new CellTable(QStringLiteral("tokenFindings"), tr("Findings"),
                               {QString(), QString(), QString(), QString()}, {104, 400, 190})),
      m_advice(plainLabel()),
      m_goThere(linkButton(tr("Go there"), QStringLiteral("goToFinding")))
{
    m_payload->setMostLines(payloadLines);
    m_banner->setObjectName(QStringLiteral("verdictBanner"));
    setNames(m_views, QStringLiteral("payloadViews"), tr("Views of the payload"));
    m_findings->stretch(1);
    m_advice->setObjectName(QStringLiteral("findingAdvice"));
    m_advice->setWordWrap(true);
    m_advice->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_pages->addWidget(makeEmptyPage());
    m_pages->addWidget(makePage());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_pages);
    connect(m_views, &QTabBar::tabBarClicked, this, [this](int view) { m_prefersTable = view == 0; });
    connect(m_views, &QTabBar::currentChanged, this, &DecodedPart::choosePayloadView);
    connect(m_findings->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &DecodedPart::chooseFinding);
    connect(m_findings, &QAbstractItemView::activated, this, &DecodedPart::goToPlace);
    connect(m_goThere, &QPushButton::clicked, this, &DecodedPart::goToPlace);
    connect(m_findings->model(), &QAbstractItemModel::modelReset, this, &DecodedPart::showAdvice);
}

QWidget* DecodedPart::makeEmptyPage()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(space::large, space::large, space::large, space::large);
    column->setSpacing(space::small);
    QLabel* words = mutedLabel(
        tr("Its header, claims and findings appear here with every keystroke. The key makes the verdict."));
    words->setWordWrap(true);
    words->setAlignment(Qt::AlignHCenter);
    QPushButton* paste = primaryButton(tr("Paste a token"), QStringLiteral("pasteToken"));
    connect(paste, &QPushButton::clicked, this, &DecodedPart::pasteRequested);
    column->addStretch(2);
    column->addWidget(pageTitle(tr("No token yet")), 0, Qt::AlignHCenter);
    column->addWidget(words);
    column->addSpacing(space::small);
    column->addWidget(paste, 0, Qt::AlignHCenter);
    column->addStretch(3);
    return page;
}

QWidget* DecodedPart::makeInset(QWidget* widget)
{
    auto* part = new QWidget;
    auto* row = new QHBoxLayout(part);
    row->setContentsMargins(space::inset, 0, space::inset, 0);
    row->addWidget(widget);
    return part;
}

QWidget* DecodedPart::makeFindingsTitle()
{
    auto* part = new QWidget;
    auto* row = new QHBoxLayout(part);
    row->setContentsMargins(0, 0, 0, 0);
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
QWidget* DecodedPart::makeAdvice()
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

QWidget* DecodedPart::makeViewsRow()
{
    QToolButton* copyPayload =
        flatButton(QStringLiteral("copy"), tr("Copy payload"), QStringLiteral("copyPayload"));
    connect(copyPayload, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_payloadText); });
    m_viewsRow = new QWidget;
    auto* tabs = new QHBoxLayout(m_viewsRow);
    tabs->setContentsMargins(space::small - 2, 0, space::inset, 0);
    tabs->addWidget(m_views, 1);
    tabs->addWidget(copyPayload);
    return m_viewsRow;
}

QWidget* DecodedPart::makePage()
{
    m_views->addTab(tr("Claims"));
    m_views->addTab(tr("Payload"));
    m_payloadInset = makeInset(m_payload);
    m_payloadInset->layout()->setContentsMargins(space::inset, space::small, space::inset, 0);
    auto* page = new QWidget;
    setKind(page, "surface");
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, space::medium, 0, space::large);
    column->setSpacing(0);
    column->addWidget(makeInset(m_banner));
    column->addSpacing(space::medium);
    column->addWidget(makeInset(m_bar));
    column->addSpacing(space::medium);
    column->addWidget(makeViewsRow());
    m_viewsLine = new Hairline(Qt::Horizontal);
    column->addWidget(m_viewsLine);
    column->addWidget(m_claims);
    column->addWidget(m_payloadInset);
    column->addSpacing(space::large);
    m_findingsTitle = makeInset(makeFindingsTitle());
    column->addWidget(m_findingsTitle);
    column->addSpacing(space::tiny);
    column->addWidget(m_findings);
    column->addSpacing(space::small);
    column->addWidget(makeAdvice());
    column->addStretch(1);
    auto* area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(page);
    return area;
}

void DecodedPart::showReading(TokenReading reading, Instant now)
{
    const inspect::Inspection& inspection = reading.inspection;
    m_pages->setCurrentIndex(inspection.token.text.empty() ? 0 : 1);
    m_payloadText = reading.payload;
    m_payload->showText(reading.payload);
    showFindings(isHalfTyped(inspection) ? std::vector<inspect::Finding>{} : inspection.findings);
    m_claimRows = std::move(reading.claims);
    m_claims->setRows(m_claimRows);
    showVerdict(inspection, now);
    const bool encrypted = inspection.token.segments == 5 && inspection.token.payload.bytes.empty();
    m_hasPayload = !inspection.isOpaque() && !encrypted && inspection.token.payload.length > 0;
    m_hasClaims = inspection.token.payloadJson.has_value();
    m_views->setTabVisible(0, m_hasClaims);
    m_views->setDetail(0, QString::number(inspection.claims.size()));
    m_viewsRow->setVisible(m_hasPayload);
    m_viewsLine->setVisible(m_hasPayload);
    if (m_hasClaims)
        m_views->setCurrentIndex(m_prefersTable ? 0 : 1);
    choosePayloadView();
}

void DecodedPart::showWaiting()
{
    m_pages->setCurrentIndex(1);
    m_banner->say(Tone::Neutral, tr("Reading"), tr("A large token takes a moment."));
    m_banner->setFigure({});
    m_bar->hide();
    showFindings({});
}

void DecodedPart::showVerdict(const inspect::Inspection& inspection, Instant now)
{
    const VerdictView view = verdictView(inspection, now);
    m_banner->say(view.tone, view.word, view.sentence);
    m_banner->setFigure(view.figure);
    const bool hasTimes = inspection.issuedAt || inspection.notBefore || inspection.expiresAt;
    m_bar->setVisible(hasTimes);
    m_bar->setValidity({inspection.issuedAt, inspection.notBefore, inspection.expiresAt}, now);
}

void DecodedPart::showTime(const inspect::Inspection& inspection, Instant now)
{
    showVerdict(inspection, now);
    for (std::size_t row = 0; row < m_claimRows.size() && row < inspection.claims.size(); ++row)
        if (inspection.claims[row].time)
            m_claimRows[row] = claimRow(inspection.claims[row], now);
    m_claims->setRows(m_claimRows);
}

void DecodedPart::choosePayloadView()
{
    const bool asTable = m_hasClaims && m_views->currentIndex() == 0;
    m_claims->setVisible(asTable);
    m_payloadInset->setVisible(m_hasPayload && !asTable);
}

void DecodedPart::showFindings(const std::vector<inspect::Finding>& findings)
{
    m_shownFindings = findings;
    m_findings->setRows(findingRows(findings));
    showCounts();
    m_findingsTitle->setVisible(!findings.empty());
    m_findings->setVisible(!findings.empty());
    showAdvice();
}

void DecodedPart::showCounts()
{
    for (std::size_t index = 0; index < m_counts.size(); ++index) {
        const auto severity = static_cast<inspect::Severity>(index);
        const auto count = std::ranges::count(m_shownFindings, severity, &inspect::Finding::severity);
        m_counts[index]->setText(QString(QString::number(count) + u' ' + severityWord(severity).toLower()));
        m_counts[index]->setVisible(count > 0);
    }
}

const inspect::Finding* DecodedPart::chosenFinding() const
{
    const auto row = static_cast<std::size_t>(m_findings->currentIndex().row());
    return m_findings->currentIndex().isValid() && row < m_shownFindings.size() ? &m_shownFindings[row]
                                                                                : nullptr;
}

void DecodedPart::chooseFinding()
{
    showAdvice();
    const inspect::Finding* finding = chosenFinding();
    if (finding == nullptr)
        return;
    showPlace(*finding);
    Q_EMIT findingChosen(*finding);
}

void DecodedPart::showAdvice()
{
    const inspect::Finding* finding = chosenFinding();
    m_adviceBox->setVisible(finding != nullptr);
    if (finding == nullptr)
        return;
    QStringList parts{shown(finding->advice)};
    if (!finding->seen.empty())
        parts.append(tr("Seen: %1").arg(shown(finding->seen, 400)));
    if (!finding->where.empty())
        parts.append(tr("Where: %1").arg(shown(finding->where)));
    parts.append(tr("See: %1").arg(shown(finding->reference)));
    m_advice->setText(parts.join(u'\n'));
}

/// A claim by its name; one that lies deeper by the claim that it lies in.
void DecodedPart::showPlace(const inspect::Finding& finding)
{
    const FindingPlace place = placeOf(finding);
    if (place.part != "payload" || place.member.empty())
        return;
    const QString member = shown(place.member, 200);
    m_payload->reveal(member.section(u'.', -1));
    if (!m_claims->selectRow(member))
        m_claims->selectRow(member.section(u'.', 0, 0));
}

void DecodedPart::goToPlace()
{
    const inspect::Finding* finding = chosenFinding();
    if (finding == nullptr)
        return;
    const FindingPlace place = placeOf(*finding);
    if (place.part != "payload" || place.member.empty())
        return Q_EMIT placeRequested(*finding);
    showPlace(*finding);
    if (m_claims->isVisible())
        m_claims->setFocus();
    else
        m_payload->setFocus();
}

} // namespace claimcheck::ui

// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/decodedpart.h>

#include <QtCore/qitemselectionmodel.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qscrollarea.h>
#include <QtWidgets/qstackedwidget.h>

#include <base/text.h>
#include <theme/widgets.h>
#include <token/verdicttext.h>

namespace claimcheck::ui {
namespace {

constexpr int payloadLines = 400;

std::vector<CellRow> findingRows(const std::vector<inspect::Finding>& findings)
{
    std::vector<CellRow> rows;
    for (const inspect::Finding& finding : findings) {
        const QString title = shown(finding.title);
        const QString source = shown(finding.id + " · " + finding.reference);
        const QString firstSource = source.section(u';', 0, 0);
        rows.push_back({Cell{severityWord(finding.severity), roleOf(finding.severity), Cell::Face::Bold},
                        Cell{title, Role::Text, Cell::Face::Normal, {}, title},
                        Cell{firstSource, Role::Muted, Cell::Face::Normal, {}, source}});
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
      m_findingsCount(captionLabel()),
      m_findings(new CellTable(QStringLiteral("tokenFindings"), tr("Findings"),
                               {QString(), QString(), QString()}, {92, 440})),
      m_advice(mutedLabel())
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
            &DecodedPart::showAdvice);
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
    row->addWidget(m_findingsCount, 1);
    return part;
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
    auto* tabs = new QHBoxLayout;
    tabs->setContentsMargins(space::small - 2, 0, space::large, 0);
    tabs->addWidget(m_views, 1);
    column->addLayout(tabs);
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
    column->addWidget(makeInset(m_advice));
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
    m_payload->showText(reading.payload);
    showFindings(isHalfTyped(inspection) ? std::vector<inspect::Finding>{} : inspection.findings);
    m_claimRows = std::move(reading.claims);
    m_claims->setRows(m_claimRows);
    showVerdict(inspection, now);
    const bool encrypted = inspection.token.segments == 5;
    m_hasPayload = !inspection.isOpaque() && !encrypted && inspection.token.payload.length > 0;
    m_hasClaims = inspection.token.payloadJson.has_value();
    m_views->setTabVisible(0, m_hasClaims);
    m_views->setDetail(0, QString::number(inspection.claims.size()));
    m_views->setVisible(m_hasPayload);
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
    m_findingsCount->setText(QString::number(findings.size()));
    m_findingsTitle->setVisible(!findings.empty());
    m_findings->setVisible(!findings.empty());
    showAdvice();
}

void DecodedPart::showAdvice()
{
    const int row = m_findings->currentIndex().row();
    const bool chosen = row >= 0 && row < static_cast<int>(m_shownFindings.size());
    m_advice->setVisible(chosen);
    if (!chosen)
        return;
    const inspect::Finding& finding = m_shownFindings[static_cast<std::size_t>(row)];
    QStringList parts{shown(finding.advice)};
    if (!finding.seen.empty())
        parts.append(tr("Seen: %1").arg(shown(finding.seen, 400)));
    if (!finding.where.empty())
        parts.append(tr("Where: %1").arg(shown(finding.where)));
    m_advice->setText(parts.join(u'\n'));
}

} // namespace claimcheck::ui

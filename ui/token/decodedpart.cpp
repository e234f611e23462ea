// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/decodedpart.h>

#include <QtGui/qclipboard.h>
#include <QtGui/qguiapplication.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qscrollarea.h>
#include <QtWidgets/qstackedwidget.h>

#include <base/text.h>
#include <theme/widgets.h>
#include <token/disclosurepart.h>
#include <token/findingspart.h>
#include <token/layerpart.h>
#include <token/tokenkind.h>
#include <token/verdicttext.h>

namespace claimcheck::ui {
namespace {

constexpr int payloadLines = 400;
constexpr int disclosureView = 2;

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
      m_disclosures(new DisclosurePart),
      m_layers(new LayerPart),
      m_kind(mutedLabel()),
      m_findings(new FindingsPart)
{
    m_claims->setWrapped(2);
    m_payload->setMostLines(payloadLines);
    m_banner->setObjectName(QStringLiteral("verdictBanner"));
    setNames(m_views, QStringLiteral("payloadViews"), tr("Views of the payload"));
    m_pages->addWidget(makeEmptyPage());
    m_pages->addWidget(makePage());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_pages);
    connect(m_views, &QTabBar::tabBarClicked, this, [this](int view) { m_prefersTable = view == 0; });
    connect(m_views, &QTabBar::currentChanged, this, &DecodedPart::choosePayloadView);
    connect(m_findings, &FindingsPart::chosen, this, [this](const inspect::Finding& finding) {
        showPlace(finding);
        Q_EMIT findingChosen(finding);
    });
    connect(m_findings, &FindingsPart::goThereRequested, this, &DecodedPart::goToPlace);
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
    m_views->addTab(tr("Disclosures"));
    m_payloadInset = makeInset(m_payload);
    m_payloadInset->layout()->setContentsMargins(space::inset, space::small, space::inset, 0);
    auto* page = new QWidget;
    setKind(page, "surface");
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, space::medium, 0, space::large);
    column->setSpacing(0);
    column->addWidget(makeInset(m_banner));
    m_kind->setObjectName(QStringLiteral("tokenKind"));
    m_kind->setWordWrap(true);
    m_kind->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_kindInset = makeInset(m_kind);
    m_kindInset->layout()->setContentsMargins(space::inset, space::small, space::inset, 0);
    column->addWidget(m_kindInset);
    column->addWidget(m_layers);
    column->addSpacing(space::medium);
    column->addWidget(makeInset(m_bar));
    column->addSpacing(space::medium);
    column->addWidget(makeViewsRow());
    m_viewsLine = new Hairline(Qt::Horizontal);
    column->addWidget(m_viewsLine);
    column->addWidget(m_claims);
    column->addWidget(m_payloadInset);
    column->addWidget(m_disclosures);
    column->addSpacing(space::large);
    column->addWidget(m_findings);
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
    showFindings(inspection);
    m_claimRows = std::move(reading.claims);
    m_issuerKey = std::move(reading.issuerKey);
    m_claims->setRows(m_claimRows);
    showVerdict(inspection, now);
    showKind(inspection);
    m_layers->show(inspection);
    chooseViews(inspection, now);
}

void DecodedPart::showKind(const inspect::Inspection& inspection)
{
    m_kind->setText(kindSentence(inspection));
    m_kindInset->setVisible(!m_kind->text().isEmpty());
}

void DecodedPart::chooseViews(const inspect::Inspection& inspection, Instant now)
{
    const bool encrypted = inspection.token.segments == 5 && inspection.token.payload.bytes.empty();
    m_hasPayload = !inspection.isOpaque() && !encrypted && inspection.token.payload.length > 0;
    m_hasClaims = inspection.token.payloadJson.has_value();
    m_views->setTabVisible(0, m_hasClaims);
    m_views->setDetail(0, QString::number(inspection.claims.size()));
    m_hasDisclosures = inspection.sdJwt.has_value();
    m_views->setTabVisible(disclosureView, m_hasDisclosures);
    if (m_hasDisclosures) {
        m_views->setDetail(disclosureView, QString::number(inspection.sdJwt->disclosures.size()));
        m_disclosures->show(*inspection.sdJwt, now);
    }
    m_viewsRow->setVisible(m_hasPayload);
    m_viewsLine->setVisible(m_hasPayload);
    const bool staysThere = m_hasDisclosures && m_views->currentIndex() == disclosureView;
    if (m_hasClaims && !staysThere)
        m_views->setCurrentIndex(m_prefersTable ? 0 : 1);
    choosePayloadView();
}

void DecodedPart::showWaiting()
{
    m_pages->setCurrentIndex(1);
    m_banner->say(Tone::Neutral, tr("Reading"), tr("A large token takes a moment."));
    m_banner->setFigure({});
    m_kindInset->hide();
    m_layers->hide();
    m_bar->hide();
    m_findings->show({});
}

void DecodedPart::showVerdict(const inspect::Inspection& inspection, Instant now)
{
    const VerdictView view = verdictView(inspection, now);
    QString sentence = view.sentence;
    if (!m_issuerKey.empty())
        sentence +=
            tr(" Judged by the key %1 of its issuer (.claimcheck/keys.yaml).").arg(shown(m_issuerKey, 200));
    m_banner->say(view.tone, view.word, sentence.trimmed());
    m_banner->setFigure(view.figure);
    const bool isCertain = inspection.verdict != inspect::Verdict::Malformed;
    const Validity validity{inspection.issuedAt, inspection.notBefore, inspection.expiresAt,
                            inspection.unreadableExpiry};
    m_bar->setVisible(isCertain && validity != Validity());
    m_bar->setValidity(validity, now);
}

void DecodedPart::showTime(const inspect::Inspection& inspection, Instant now)
{
    showVerdict(inspection, now);
    for (std::size_t row = 0; row < m_claimRows.size() && row < inspection.claims.size(); ++row)
        if (inspection.claims[row].time)
            m_claimRows[row] = claimRow(inspection.claims[row], now);
    m_claims->setRows(m_claimRows);
    showFindings(inspection);
}

void DecodedPart::showFindings(const inspect::Inspection& inspection)
{
    m_findings->show(isHalfTyped(inspection) ? std::vector<inspect::Finding>{} : inspection.findings);
}

void DecodedPart::choosePayloadView()
{
    const bool asTable = m_hasClaims && m_views->currentIndex() == 0;
    m_claims->setVisible(asTable);
    const bool asDisclosures = m_hasDisclosures && m_views->currentIndex() == disclosureView;
    m_disclosures->setVisible(asDisclosures);
    m_payloadInset->setVisible(m_hasPayload && !asTable && !asDisclosures);
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

void DecodedPart::goToPlace(const inspect::Finding& finding)
{
    const FindingPlace place = placeOf(finding);
    if (place.part != "payload" || place.member.empty())
        return Q_EMIT placeRequested(finding);
    showPlace(finding);
    if (m_claims->isVisible())
        m_claims->setFocus();
    else
        m_payload->setFocus();
}

} // namespace claimcheck::ui

// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/tokenpane.h>

#include <QtGui/qclipboard.h>
#include <QtGui/qguiapplication.h>
#include <QtWidgets/qboxlayout.h>

#include <base/text.h>
#include <state/countdown.h>
#include <theme/foldingcolumns.h>
#include <token/decodedpart.h>
#include <token/encodedpart.h>
#include <token/toolcolumn.h>

namespace claimcheck::ui {
namespace {

constexpr int foldBelow = 1120; ///< beside the encoded side claims and findings need as much again
constexpr int encodedShare = 560;
constexpr int decodedShare = 830;
constexpr int encodedColumn = 0;
constexpr int decodedColumn = 1;

} // namespace

TokenPane::TokenPane(QWidget* parent)
    : QWidget(parent),
      m_encoded(new EncodedPart),
      m_decoded(new DecodedPart),
      m_tools(new ToolColumn(m_decoded)),
      m_columns(new FoldingColumns(foldBelow))
{
    m_measure.nonces = std::make_shared<inspect::NonceMemory>();
    m_columns->addColumn(tr("Encoded"), m_encoded, encodedShare);
    m_columns->addColumn(tr("Inspection"), m_tools, decodedShare);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_columns);
    setFocusProxy(m_encoded->edit());
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(untilNextCount({}, {}));
    connect(&m_timer, &QTimer::timeout, this, &TokenPane::tick);
    connectEncoded();
    connectTools();
    inspectAnew();
}

void TokenPane::connectEncoded()
{
    connect(m_encoded->edit(), &TokenEdit::pasted, this, [this](const QString& text, const QString& token) {
        m_pasted = inspect::contextOf(toUtf8(text));
        m_pasted.hadSpaceAround = false; // who copies a line copies its end
        m_pastedToken = toUtf8(token);
        if (m_encoded->edit()->token() == m_pastedToken) // it is there already, and came another way
            inspectAnew();
    });
    connect(m_encoded->edit(), &TokenEdit::edited, this, &TokenPane::inspectAnew);
    connect(m_encoded->edit(), &TokenEdit::searching, this, &TokenPane::showWaiting);
    connect(m_encoded->edit(), &TokenEdit::searched, this, &TokenPane::inspectAnew);
    connect(m_encoded->keyRow(), &KeyRow::ringChanged, this, [this](const inspect::KeyRing& ring) {
        takeOwnRing(ring);
        m_tools->setRing(ring);
        inspectAnew();
        Q_EMIT keyRingChanged(ring);
    });
    connect(m_encoded->keyRow(), &KeyRow::fileIsLocked, this, [this](const QString& path) {
        m_columns->showColumn(decodedColumn);
        m_tools->addKeyFile(path);
    });
    connect(m_encoded->keyRow(), &KeyRow::textIsLocked, this, [this](const QString& text) {
        m_columns->showColumn(decodedColumn);
        m_tools->addKeyText(text);
    });
    connect(m_encoded, &EncodedPart::useRequested, this,
            [this] { Q_EMIT useInRequest(toQString(m_inspection.text())); });
    connect(m_encoded, &EncodedPart::expectationsChanged, this, [this] {
        m_measure.expectations = m_encoded->expectations();
        m_measure.terms = m_encoded->terms();
        inspectAnew();
    });
}

void TokenPane::connectTools()
{
    connect(m_decoded, &DecodedPart::pasteRequested, this, &TokenPane::pasteFromClipboard);
    connect(m_decoded, &DecodedPart::findingChosen, m_encoded, &EncodedPart::showPlace);
    connect(m_decoded, &DecodedPart::placeRequested, this, [this](const inspect::Finding& finding) {
        m_columns->showColumn(encodedColumn);
        m_encoded->goToPlace(finding);
    });
    connect(m_tools, &ToolColumn::ringChanged, this, [this](const inspect::KeyRing& ring) {
        takeOwnRing(ring);
        m_encoded->keyRow()->setRing(ring);
        inspectAnew();
        Q_EMIT keyRingChanged(ring);
    });
    connect(m_tools, &ToolColumn::inspectRequested, this, [this](const QString& token) {
        setToken(token);
        showTool(Tool::Decoded);
    });
    connect(m_encoded, &EncodedPart::signRequested, this, [this] { showTool(Tool::Sign); });
    connect(m_encoded, &EncodedPart::compareRequested, this, [this] { showTool(Tool::Compare); });
    connect(m_tools, &ToolColumn::keysRequested, this, &TokenPane::keysRequested);
    connect(m_tools, &ToolColumn::keysCancelled, this, &TokenPane::keysCancelled);
}

void TokenPane::takeFetched(const keys::Source& source, const Result<keys::KeySet>& set)
{
    m_tools->takeFetched(source, set);
}

void TokenPane::showTool(Tool tool)
{
    m_columns->showColumn(decodedColumn);
    m_tools->showTool(tool);
}

void TokenPane::setToken(const QString& pasted)
{
    m_encoded->edit()->setToken(pasted);
    m_columns->showColumn(decodedColumn);
}

void TokenPane::pasteFromClipboard()
{
    setToken(QGuiApplication::clipboard()->text());
}

void TokenPane::setKeyRing(const inspect::KeyRing& ring)
{
    m_measure.ring = ring;
    m_encoded->keyRow()->setRing(ring);
    m_tools->setRing(ring);
    inspectAnew();
}

void TokenPane::setClock(std::function<Instant()> clock)
{
    m_clock = std::move(clock);
    m_tools->setClock(m_clock);
    inspectAnew();
}

void TokenPane::setContexts(std::function<inspect::Context(std::string_view)> contexts)
{
    m_contexts = std::move(contexts);
    inspectAnew();
}

void TokenPane::setIssuerKeys(std::function<std::optional<IssuerKeys>(std::string_view)> keys)
{
    m_issuerKeys = std::move(keys);
    inspectAnew();
}

/// Taken away, the key of the issuer counts again.
void TokenPane::takeOwnRing(const inspect::KeyRing& ring)
{
    m_measure.ring = ring;
    m_ownKeyFor = ring.isEmpty() ? std::string() : m_encoded->edit()->token();
}

Measure TokenPane::measureFor(const std::string& token) const
{
    Measure measure = m_measure;
    measure.context = contextOf(token);
    const bool isOwn = !token.empty() && token == m_ownKeyFor;
    const auto known = m_issuerKeys && !isOwn ? m_issuerKeys(token) : std::nullopt;
    if (known && known->ring) {
        measure.ring = *known->ring;
        measure.issuerKey = known->name;
    }
    return measure;
}

/// A header line, a cookie or a URL that the token was pasted with says how it travels.
inspect::Context TokenPane::contextOf(const std::string& token) const
{
    const inspect::Context known = m_contexts ? m_contexts(token) : inspect::Context();
    if (known.carrier != inspect::Carrier::Unknown)
        return known;
    return token == m_pastedToken ? m_pasted : inspect::Context();
}

void TokenPane::inspectAnew()
{
    const std::string token = m_encoded->edit()->token();
    m_used = measureFor(token);
    m_shownAt = time();
    m_reading.cancel();
    if (token.size() <= smallToken)
        return showRead(readToken(token, m_used, m_shownAt));
    showWaiting();
    m_inspection.token.text = token;
    m_reading.run([token, measure = m_used, now = m_shownAt] { return readToken(token, measure, now); },
                  [this](TokenReading reading) { showRead(std::move(reading)); });
}

void TokenPane::showWaiting()
{
    m_isReading = true;
    m_inspection = {};
    m_encoded->showWaiting();
    m_decoded->showWaiting();
    m_tools->setReading({});
}

void TokenPane::showRead(TokenReading reading)
{
    m_isReading = false;
    m_inspection = reading.inspection;
    m_encoded->showReading(reading);
    m_tools->setReading({reading.inspection, {}, {}, {}, reading.chosenKey});
    m_decoded->showReading(std::move(reading), m_shownAt);
}

/// At which the token is judged: now, unless another time is asked for.
Instant TokenPane::time() const
{
    return m_measure.terms.time.value_or(m_clock());
}

bool TokenPane::crossedBoundary(Instant before, Instant now) const
{
    for (const std::optional<Instant>& boundary : {m_inspection.notBefore, m_inspection.expiresAt})
        if (boundary && (before < *boundary) != (now < *boundary))
            return true;
    return false;
}

void TokenPane::tick()
{
    const Instant now = time();
    m_timer.setInterval(untilNextCount(m_inspection.expiresAt, now));
    if (m_isReading)
        return;
    if (crossedBoundary(m_shownAt, now))
        return inspectAnew();
    m_shownAt = now;
    if (m_inspection.token.text.empty())
        return;
    if (isReadAgainEachSecond())
        m_inspection = readToken(m_inspection.text(), m_used, now).inspection;
    m_encoded->showChecks(m_inspection.checks);
    m_decoded->showTime(m_inspection, now);
}

/// Checks and findings speak of times, too. Opening an encrypted token can cost a whole password derivation:
/// of such a one only countdown, bar and claims go on.
bool TokenPane::isReadAgainEachSecond() const
{
    return m_inspection.text().size() <= smallToken && m_inspection.outerText.empty() &&
           m_inspection.token.segments != 5;
}

void TokenPane::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    tick();
    m_timer.start();
}

void TokenPane::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_timer.stop();
}

} // namespace claimcheck::ui

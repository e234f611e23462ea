// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/encodedpart.h>

#include <QtGui/qclipboard.h>
#include <QtGui/qguiapplication.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qscrollarea.h>

#include <base/text.h>
#include <theme/chevronbox.h>
#include <theme/widgets.h>
#include <token/verdicttext.h>

namespace claimcheck::ui {
namespace {

constexpr int headerLines = 10;

/// Without what the word beside it says already.
std::string reasonOf(const inspect::Check& check)
{
    constexpr std::string_view word = "not checked, ";
    const bool isSaid = check.result == inspect::CheckResult::Skipped && check.why.starts_with(word);
    return isSaid ? check.why.substr(word.size()) : check.why;
}

/// Beginning and end: tokens of one issuer have the same header, and differ in the signature.
QString shortForm(const QString& token)
{
    constexpr qsizetype shownOfEnd = 12;
    if (token.size() <= 2 * shownOfEnd)
        return token;
    return QString(token.left(shownOfEnd) + QStringLiteral("…") + token.right(shownOfEnd));
}

std::vector<CellRow> checkRows(const std::vector<inspect::Check>& checks)
{
    std::vector<CellRow> rows;
    for (const inspect::Check& check : checks) {
        const Mark mark = markOf(check.result);
        const QString why = shown(reasonOf(check));
        rows.push_back({Cell{checkTitle(check.name)},
                        Cell{checkWord(check.result), mark.role, Cell::Face::Normal, mark.icon},
                        Cell{why, Role::Muted, Cell::Face::Normal, {}, why}});
    }
    return rows;
}

} // namespace

EncodedPart::EncodedPart(QWidget* parent)
    : QWidget(parent),
      m_edit(new TokenEdit),
      m_found(new ChevronBox),
      m_defectText(plainLabel()),
      m_header(new JsonView(QStringLiteral("tokenHeader"), tr("Decoded header"), Role::TokenHeader)),
      m_key(new KeyRow),
      m_expect(new ExpectBox),
      m_checksSummary(captionLabel()),
      m_checks(new CellTable(QStringLiteral("tokenChecks"), tr("Checks"), {QString(), QString(), QString()},
                             {128, 116}))
{
    setNames(m_edit, QStringLiteral("tokenText"), tr("Encoded token"));
    m_edit->setPlaceholderText(QStringLiteral("eyJhbGciOi…"));
    m_header->setMostLines(headerLines);
    m_checks->setCopyColumn(2);
    m_checks->setWrapped(2);
    auto* area = new QScrollArea;
    area->setObjectName(QStringLiteral("encodedArea"));
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(makePage());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(area, 1);
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addWidget(makeFooter());
    connect(m_edit, &TokenEdit::found, this, &EncodedPart::showFound);
    connect(m_found, &QComboBox::activated, this,
            [this](int index) { m_edit->choose(m_foundTokens.value(index)); });
    showReading({});
}

/// Of several tokens (a log, a page) one is shown, and the others are there to be chosen.
void EncodedPart::showFound(const QStringList& tokens)
{
    m_foundTokens = tokens;
    m_found->clear();
    for (qsizetype index = 0; index < tokens.size(); ++index)
        m_found->addItem(
            tr("Token %1 of %2: %3").arg(index + 1).arg(tokens.size()).arg(shortForm(tokens[index])));
    m_found->setVisible(tokens.size() > 1);
}

QWidget* EncodedPart::makePage()
{
    m_headerTitle = makeTitle(tr("Header"), QStringLiteral("copyHeader"), tr("Copy header"),
                              [this] { return m_headerText; });
    auto* page = new QWidget;
    setKind(page, "surface");
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, space::medium);
    column->setSpacing(space::tiny);
    const auto inset = [column](QWidget* widget) {
        auto* row = new QHBoxLayout;
        row->setContentsMargins(space::inset, 0, space::inset, 0);
        row->addWidget(widget);
        column->addLayout(row);
    };
    QWidget* head = makeTitle(tr("Encoded"), QStringLiteral("copyToken"), tr("Copy token"),
                              [this] { return toQString(m_edit->token()); });
    setUpHead(head);
    inset(head);
    setNames(m_found, QStringLiteral("foundTokens"), tr("Tokens in what was pasted"));
    m_found->hide();
    inset(m_found);
    inset(m_edit);
    m_defectLine = makeDefectLine();
    inset(m_defectLine);
    column->addSpacing(space::small);
    inset(m_headerTitle);
    inset(m_header);
    column->addSpacing(space::small);
    inset(sectionTitle(tr("Key")));
    column->addSpacing(space::tiny);
    inset(m_key);
    column->addSpacing(space::medium);
    m_checksTitle = makeChecksTitle();
    inset(m_checksTitle);
    inset(m_expect);
    column->addWidget(m_checks);
    column->addStretch(1);
    return page;
}

QWidget* EncodedPart::makeTitle(const QString& title, const QString& objectName, const QString& what,
                                const std::function<QString()>& copied)
{
    auto* part = new QWidget;
    auto* row = new QHBoxLayout(part);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(sectionTitle(title), 1);
    QToolButton* button = flatButton(QStringLiteral("copy"), what, objectName);
    connect(button, &QToolButton::clicked, this, [this, copied] { copy(copied()); });
    row->addWidget(button);
    return part;
}

QWidget* EncodedPart::makeChecksTitle()
{
    m_checksSummary->setObjectName(QStringLiteral("checksSummary"));
    m_checksSummary->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_expectButton = linkButton(tr("Expectations"), QStringLiteral("showExpectations"));
    m_expectButton->setCheckable(true);
    m_expectButton->setToolTip(tr("Say what issuer, audience, type … the token must have"));
    m_expect->hide();
    connect(m_expectButton, &QPushButton::toggled, m_expect, &QWidget::setVisible);
    connect(m_expect, &ExpectBox::changed, this, &EncodedPart::expectationsChanged);
    auto* part = new QWidget;
    QHBoxLayout* row = lineIn(part);
    row->addWidget(sectionTitle(tr("Checks")));
    row->addWidget(m_checksSummary, 1);
    row->addWidget(m_expectButton);
    return part;
}

QWidget* EncodedPart::makeDefectLine()
{
    m_defectText->setObjectName(QStringLiteral("tokenDefectText"));
    m_defectText->setWordWrap(true);
    setKind(m_defectText, "bad");
    QPushButton* go = linkButton(tr("Go there"), QStringLiteral("tokenDefect"));
    go->setAccessibleDescription(tr("Puts the cursor where the token is broken"));
    connect(go, &QPushButton::clicked, this, [this] {
        if (!m_defects.empty())
            m_edit->goTo(m_defects.front().offset);
    });
    auto* line = new QWidget;
    QHBoxLayout* row = lineIn(line);
    row->addWidget(m_defectText, 1);
    row->addWidget(go, 0, Qt::AlignTop);
    return line;
}

QWidget* EncodedPart::makeFooter()
{
    QPushButton* use = primaryButton(tr("Use in request"), QStringLiteral("useInRequest"));
    QPushButton* clear = pushButton(tr("Clear"), QStringLiteral("clearToken"));
    QPushButton* sign = pushButton(tr("Edit and sign"), QStringLiteral("editAndSign"));
    QPushButton* compare = pushButton(tr("Compare"), QStringLiteral("compareToken"));
    connect(use, &QPushButton::clicked, this, &EncodedPart::useRequested);
    connect(sign, &QPushButton::clicked, this, &EncodedPart::signRequested);
    connect(compare, &QPushButton::clicked, this, &EncodedPart::compareRequested);
    connect(clear, &QPushButton::clicked, this, [this] { m_edit->setToken({}); });
    m_actions = {use, sign, compare, clear};
    auto* footer = new QWidget;
    auto* row = new QHBoxLayout(footer);
    row->setContentsMargins(space::inset, space::medium, space::inset, space::medium);
    row->setSpacing(space::small);
    for (QWidget* action : m_actions)
        row->addWidget(action);
    row->addStretch(1);
    return footer;
}

void EncodedPart::showWaiting()
{
    m_defects.clear();
    showDefects();
    showChecks({});
    for (QWidget* action : m_actions)
        action->setEnabled(true);
}

void EncodedPart::showReading(const TokenReading& reading)
{
    const inspect::Inspection& inspection = reading.inspection;
    m_headerText = reading.header;
    const bool hasParts = !inspection.isOpaque() || isHalfTyped(inspection);
    const bool hasHeader = hasParts && inspection.token.header.length > 0;
    m_defects = shownDefects(inspection);
    // What is shown as text is the outermost token, its parts are not those of the one inside.
    m_edit->showParts(inspection.outerText.empty() ? inspection.token : jose::decode(inspection.outerText),
                      m_defects);
    showDefects();
    m_headerTitle->setVisible(hasHeader);
    m_header->setVisible(hasHeader);
    m_header->showText(reading.header);
    showChecks(inspection.checks);
    for (QWidget* action : m_actions)
        action->setEnabled(!inspection.token.text.empty());
}

void EncodedPart::showDefects()
{
    m_defectLine->setVisible(!m_defects.empty());
    if (m_defects.empty())
        return;
    QString text = defectText(m_defects.front());
    if (m_defects.size() > 1)
        text = tr("%1 (and %n more)", nullptr, static_cast<int>(m_defects.size()) - 1).arg(text);
    m_defectText->setText(text);
}

void EncodedPart::showChecks(const std::vector<inspect::Check>& checks)
{
    m_checks->setRows(checkRows(checks));
    m_checksSummary->setText(checkSummary(checks));
    m_checksTitle->setVisible(!checks.empty() || m_expectButton->isChecked());
    m_checks->setVisible(!checks.empty());
}

void EncodedPart::showPlace(const inspect::Finding& finding)
{
    const FindingPlace place = placeOf(finding);
    if (place.part == "header" && !place.member.empty())
        m_header->reveal(shown(place.member, 200).section(u'.', 0, 0));
    if (finding.offset)
        m_edit->reveal(*finding.offset);
}

void EncodedPart::goToPlace(const inspect::Finding& finding)
{
    const FindingPlace place = placeOf(finding);
    if (place.part == "key")
        return m_key->focusLine();
    showPlace(finding);
    if (place.part == "header" && !place.member.empty())
        m_header->setFocus();
    else
        m_edit->goTo(finding.offset.value_or(0));
}

void EncodedPart::copy(const QString& text)
{
    QGuiApplication::clipboard()->setText(text);
}

} // namespace claimcheck::ui

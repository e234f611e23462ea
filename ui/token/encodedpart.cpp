// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/encodedpart.h>

#include <QtGui/qclipboard.h>
#include <QtGui/qguiapplication.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qscrollarea.h>

#include <base/text.h>
#include <theme/widgets.h>
#include <token/verdicttext.h>

namespace claimcheck::ui {
namespace {

constexpr int headerLines = 10;

std::vector<CellRow> checkRows(const std::vector<inspect::Check>& checks)
{
    std::vector<CellRow> rows;
    for (const inspect::Check& check : checks) {
        const Mark mark = markOf(check.result);
        const QString why = shown(check.why);
        rows.push_back({Cell{checkTitle(check.name)},
                        Cell{toQString(toText(check.result)), mark.role, Cell::Face::Normal, mark.icon},
                        Cell{why, Role::Muted, Cell::Face::Normal, {}, why}});
    }
    return rows;
}

} // namespace

EncodedPart::EncodedPart(QWidget* parent)
    : QWidget(parent),
      m_edit(new TokenEdit),
      m_defectText(plainLabel()),
      m_header(new JsonView(QStringLiteral("tokenHeader"), tr("Decoded header"), Role::TokenHeader)),
      m_key(new KeyRow),
      m_checksTitle(sectionTitle(tr("Checks"))),
      m_checks(new CellTable(QStringLiteral("tokenChecks"), tr("Checks"), {QString(), QString(), QString()},
                             {104, 88}))
{
    setNames(m_edit, QStringLiteral("tokenText"), tr("Encoded token"));
    m_edit->setPlaceholderText(QStringLiteral("eyJhbGciOi…"));
    m_header->setMostLines(headerLines);
    m_checks->setCopyColumn(2);
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
    showReading({});
}

QWidget* EncodedPart::makePage()
{
    m_headerTitle = makeTitle(tr("Header"), QStringLiteral("copyHeader"), tr("Copy header"),
                              [this] { return m_headerText; });
    auto* page = new QWidget;
    setKind(page, "surface");
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, space::small, 0, space::medium);
    column->setSpacing(space::tiny);
    const auto inset = [column](QWidget* widget) {
        auto* row = new QHBoxLayout;
        row->setContentsMargins(space::inset, 0, space::inset, 0);
        row->addWidget(widget);
        column->addLayout(row);
    };
    inset(makeTitle(tr("Encoded"), QStringLiteral("copyToken"), tr("Copy token"),
                    [this] { return toQString(m_edit->token()); }));
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
    inset(m_checksTitle);
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
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::small);
    row->addWidget(m_defectText, 1);
    row->addWidget(go, 0, Qt::AlignTop);
    return line;
}

QWidget* EncodedPart::makeFooter()
{
    QPushButton* use = primaryButton(tr("Use in request"), QStringLiteral("useInRequest"));
    QPushButton* copyPayload = pushButton(tr("Copy payload"), QStringLiteral("copyPayload"));
    QPushButton* clear = pushButton(tr("Clear"), QStringLiteral("clearToken"));
    connect(use, &QPushButton::clicked, this, &EncodedPart::useRequested);
    connect(copyPayload, &QPushButton::clicked, this, [this] { copy(m_payloadText); });
    connect(clear, &QPushButton::clicked, this, [this] { m_edit->setToken({}); });
    m_actions = {use, copyPayload, clear};
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
    m_payloadText = reading.payload;
    const bool hasParts = !inspection.isOpaque() || isHalfTyped(inspection);
    const bool hasHeader = hasParts && inspection.token.header.length > 0;
    m_defects = shownDefects(inspection);
    m_edit->showParts(inspection.token, m_defects);
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
    m_checksTitle->setVisible(!checks.empty());
    m_checks->setVisible(!checks.empty());
}

void EncodedPart::copy(const QString& text)
{
    QGuiApplication::clipboard()->setText(text);
}

} // namespace claimcheck::ui

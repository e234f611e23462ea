// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/comparepage.h>

#include <algorithm>

#include <QtGui/qclipboard.h>
#include <QtGui/qguiapplication.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qcheckbox.h>
#include <QtWidgets/qlabel.h>

#include <base/text.h>
#include <theme/widgets.h>
#include <token/tokenreading.h>
#include <token/verdicttext.h>

namespace claimcheck::ui {
namespace {

using inspect::TokenDifference;
using json::Change;

struct ChangeLook
{
    QString word;
    QString icon;
    Role role;
};

ChangeLook lookOf(Change change)
{
    switch (change) {
    case Change::Changed:
        return {ComparePage::tr("changed"), QStringLiteral("refresh"), Role::Warn};
    case Change::Removed:
        return {ComparePage::tr("only here"), QStringLiteral("minus"), Role::Bad};
    case Change::Added:
        return {ComparePage::tr("only there"), QStringLiteral("plus"), Role::Ok};
    case Change::Same:
        break;
    }
    return {ComparePage::tr("same"), QStringLiteral("check"), Role::Muted};
}

Role nameRole(const std::string& part)
{
    if (part == "header")
        return Role::TokenHeader;
    return part == "payload" ? Role::TokenPayload : Role::TokenSignature;
}

CellRow rowOf(const TokenDifference& difference)
{
    const ChangeLook look = lookOf(difference.change);
    const QString name = difference.name.empty() ? shown(difference.part) : shown(difference.name, 200);
    const QString left = difference.left.empty() ? QStringLiteral("–") : shown(difference.left);
    const QString right = difference.right.empty() ? QStringLiteral("–") : shown(difference.right);
    const QString note = shown(difference.note);
    const Role text = difference.change == Change::Same ? Role::Muted : Role::Text;
    return {Cell{name, nameRole(difference.part), Cell::Face::Mono, {}, shown(difference.part)},
            Cell{look.word, look.role, Cell::Face::Normal, look.icon},
            Cell{left, text, Cell::Face::Mono, {}, left},
            Cell{note.isEmpty() ? right : QString(right + QStringLiteral("  (") + note + u')'),
                 text,
                 Cell::Face::Mono,
                 {},
                 right}};
}

} // namespace

ComparePage::ComparePage(QWidget* parent)
    : QWidget(parent),
      m_other(new TokenEdit),
      m_summary(mutedLabel()),
      m_showSame(new QCheckBox(tr("Show what is the same"))),
      m_table(new CellTable(QStringLiteral("differences"), tr("Differences"),
                            {tr("Member"), tr("Change"), tr("This token"), tr("Other token")},
                            {150, 120, 260}))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, space::medium, 0, space::large);
    column->setSpacing(space::small);
    column->addWidget(makeHead());
    column->addWidget(makeSummary());
    column->addWidget(m_table);
    column->addStretch(1);
    connect(m_other, &TokenEdit::edited, this, &ComparePage::compareAnew);
    connect(m_other, &TokenEdit::searched, this, &ComparePage::compareAnew);
    connect(m_showSame, &QCheckBox::toggled, this, &ComparePage::showRows);
    compareAnew();
}

QWidget* ComparePage::makeHead()
{
    setNames(m_other, QStringLiteral("otherToken"), tr("Other token"));
    m_other->setPlaceholderText(tr("paste the token to compare with"));
    QPushButton* paste = pushButton(tr("Paste"), QStringLiteral("pasteOther"));
    connect(paste, &QPushButton::clicked, this, [this] { setOther(QGuiApplication::clipboard()->text()); });
    auto* title = new QHBoxLayout;
    title->addWidget(sectionTitle(tr("Other token")), 1);
    title->addWidget(paste);
    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(space::inset, 0, space::inset, 0);
    column->setSpacing(space::tiny);
    column->addLayout(title);
    column->addWidget(m_other);
    return part;
}

QWidget* ComparePage::makeSummary()
{
    m_summary->setObjectName(QStringLiteral("compareSummary"));
    m_summary->setWordWrap(true);
    m_showSame->setObjectName(QStringLiteral("showSame"));
    auto* part = new QWidget;
    auto* row = new QHBoxLayout(part);
    row->setContentsMargins(space::inset, 0, space::inset, 0);
    row->addWidget(m_summary, 1);
    row->addWidget(m_showSame);
    return part;
}

void ComparePage::setToken(const jose::Jws& token)
{
    m_token = token;
    compareAnew();
}

void ComparePage::setOther(const QString& token)
{
    m_other->setToken(token);
}

ComparePage::Comparison ComparePage::compare(const jose::Jws& token, const std::string& other)
{
    Comparison comparison;
    comparison.other = jose::decode(other);
    comparison.differences = inspect::compareTokens(token, comparison.other);
    return comparison;
}

void ComparePage::compareAnew()
{
    const std::string other = m_other->token();
    m_job.cancel();
    if (m_token.text.empty() || other.empty()) {
        show({});
        m_summary->setText(m_token.text.empty()
                               ? tr("There is no token on the left to compare with.")
                               : tr("Paste a second token: every claim that differs is listed here."));
        return;
    }
    if (other.size() <= smallToken && m_token.text.size() <= smallToken)
        return show(compare(m_token, other));
    m_summary->setText(tr("Comparing"));
    m_job.run([token = m_token, other] { return compare(token, other); },
              [this](const Comparison& comparison) { show(comparison); });
}

void ComparePage::show(const Comparison& comparison)
{
    m_other->showParts(comparison.other, {});
    m_differences = comparison.differences;
    const auto same = std::ranges::count(m_differences, Change::Same, &TokenDifference::change);
    const auto differing = static_cast<std::ptrdiff_t>(m_differences.size()) - same;
    if (differing == 0)
        m_summary->setText(tr("The tokens are the same."));
    else
        m_summary->setText(tr("%1 differ, %2 the same.").arg(differing).arg(same));
    showRows();
}

void ComparePage::showRows()
{
    std::vector<CellRow> rows;
    for (const TokenDifference& difference : m_differences)
        if (rows.size() < mostClaims && (difference.change != Change::Same || m_showSame->isChecked()))
            rows.push_back(rowOf(difference));
    m_table->setVisible(!rows.empty());
    m_table->setRows(std::move(rows));
}

} // namespace claimcheck::ui

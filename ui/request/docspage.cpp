// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/docspage.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qplaintextedit.h>

#include <base/text.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

QPlainTextEdit* makeText(const QString& objectName, const QString& accessibleName)
{
    auto* text = new QPlainTextEdit;
    text->setFont(monoFont());
    setKind(text, "bare");
    text->document()->setDocumentMargin(space::large);
    text->setTabChangesFocus(true);
    setNames(text, objectName, accessibleName);
    return text;
}

QVBoxLayout* makeColumn(QWidget* page)
{
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    return column;
}

} // namespace

DocsPage::DocsPage(QWidget* parent)
    : QWidget(parent), m_text(makeText(QStringLiteral("requestDocs"), tr("Documentation of the request")))
{
    m_text->setPlaceholderText(tr("What this request is for. Markdown is kept as it is typed."));
    makeColumn(this)->addWidget(m_text);
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        // Qt's text has lost the line ends of the file; it only counts once somebody types.
        if (m_text->document()->isModified())
            Q_EMIT edited(m_text->toPlainText());
    });
}

void DocsPage::setText(const QString& text)
{
    const QSignalBlocker quiet(m_text);
    m_text->setPlainText(text);
    m_text->document()->setModified(false);
}

ScriptsPage::ScriptsPage(QWidget* parent)
    : QWidget(parent),
      m_actions(wrapped(
          captionLabel(tr("This file has actions that are not run: only captures after the response are.")))),
      m_text(makeText(QStringLiteral("requestScripts"), tr("Scripts of the request")))
{
    m_text->setReadOnly(true);
    QVBoxLayout* column = makeColumn(this);
    auto* note = captionLabel(tr("Scripts are kept as they stand in the file. They are not run."));
    note->setContentsMargins(space::large, space::small, space::large, 0);
    column->addWidget(note);
    m_actions->setObjectName(QStringLiteral("idleActions"));
    m_actions->setContentsMargins(space::large, space::small, space::large, 0);
    m_actions->hide();
    column->addWidget(m_actions);
    column->addWidget(m_text, 1);
}

void ScriptsPage::setScripts(const std::vector<collection::Script>& scripts)
{
    QString all;
    for (const collection::Script& script : scripts) {
        all += (all.isEmpty() ? QString() : QStringLiteral("\n\n")) + QStringLiteral("// ") +
               toQString(visible(script.type)) + u'\n';
        for (const QString& line : toQString(script.code).split(u'\n'))
            all += toQString(visible(toUtf8(line))) + u'\n';
    }
    m_text->setPlainText(all);
}

void ScriptsPage::setIdleActions(bool areThere)
{
    m_actions->setVisible(areThere);
}

} // namespace claimcheck::ui

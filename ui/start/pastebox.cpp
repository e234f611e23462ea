// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <start/pastebox.h>

#include <QtCore/qmimedata.h>
#include <QtGui/qevent.h>

#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

/// A longer text holds no token that we decode, and a text box of that size would block the window.
constexpr qsizetype longestPaste = 1024 * 1024;

} // namespace

PasteBox::PasteBox(QWidget* parent) : QPlainTextEdit(parent)
{
    setFont(monoFont());
    setTabChangesFocus(true);
    setWordWrapMode(QTextOption::WrapAnywhere);
    insetText(this);
}

void PasteBox::insertFromMimeData(const QMimeData* source)
{
    if (!source->hasText())
        return;
    insertPlainText(source->text().left(longestPaste));
    Q_EMIT entered();
}

void PasteBox::keyPressEvent(QKeyEvent* event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && !event->modifiers().testFlag(Qt::ShiftModifier))
        Q_EMIT entered();
    else
        QPlainTextEdit::keyPressEvent(event);
}

} // namespace claimcheck::ui

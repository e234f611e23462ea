// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Saving and closing tabs: what was typed is never lost without a question.

#include <QtWidgets/qabstractbutton.h>
#include <QtWidgets/qmessagebox.h>
#include <QtWidgets/qstackedwidget.h>

#include <base/text.h>
#include <request/requesteditor.h>
#include <request/requesttabsprivate.h>
#include <theme/flattabbar.h>

namespace claimcheck::ui {

void RequestTabs::Private::save(Tab& tab)
{
    saving = tab.editor;
    show(tab);
    Q_EMIT pane->saveRequested(itemOf(tab));
}

void RequestTabs::Private::close(std::size_t index)
{
    if (index >= tabs.size())
        return;
    if (tabs[index].isDirty())
        askBeforeClosing(index);
    else
        remove(index);
}

void RequestTabs::Private::askBeforeClosing(std::size_t index)
{
    show(tabs[index]);
    RequestEditor* editor = tabs[index].editor;
    auto* box = new QMessageBox(pane);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("unsavedQuestion"));
    box->setTextFormat(Qt::PlainText);
    box->setText(
        QObject::tr("“%1” has changes that are not saved.").arg(bar->tabText(static_cast<int>(index))));
    box->setStandardButtons(QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel);
    box->setDefaultButton(QMessageBox::Save);
    QObject::connect(box, &QMessageBox::buttonClicked, editor, [this, box, editor](QAbstractButton* button) {
        const QMessageBox::StandardButton chosen = box->standardButton(button);
        if (chosen == QMessageBox::Discard)
            remove(indexOf(editor));
        if (chosen != QMessageBox::Save)
            return;
        closeWhenSaved = true;
        save(tabs[indexOf(editor)]);
    });
    box->open();
}

void RequestTabs::Private::remove(std::size_t index)
{
    if (index >= tabs.size())
        return;
    RequestEditor* editor = tabs[index].editor;
    const int id = tabs[index].id;
    if (saving == editor)
        saving = nullptr;
    tabs.erase(tabs.begin() + static_cast<std::ptrdiff_t>(index));
    stack->removeWidget(editor);
    editor->deleteLater();
    bar->removeTab(static_cast<int>(index));
    whole->setCurrentIndex(tabs.empty() ? 0 : 1);
    bar->setVisible(!tabs.empty());
    Q_EMIT pane->closed(id);
    if (const Tab* tab = current())
        show(*tab);
    Q_EMIT pane->changed();
    Q_EMIT pane->currentChanged(tabs.empty() ? QString() : toQString(current()->path));
}

void RequestTabs::Private::closeCleanTabsOfOthers()
{
    for (std::size_t index = tabs.size(); index > 0; --index)
        if (const Tab& tab = tabs[index - 1];
            !isOfOpenCollection(tab) && !tab.isDirty() && tab.editor != saving)
            remove(index - 1);
}

} // namespace claimcheck::ui

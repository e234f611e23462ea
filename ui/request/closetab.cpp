// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Saving and closing tabs: what was typed is never lost without a question.

#include <utility>

#include <QtWidgets/qstackedwidget.h>

#include <base/text.h>
#include <request/requesteditor.h>
#include <request/requesttabsprivate.h>
#include <theme/flattabbar.h>
#include <theme/questionbox.h>

namespace claimcheck::ui {
namespace {

QString unfinishedWords(const QStringList& names)
{
    if (names.size() == 1)
        return QObject::tr("What is typed of how “%1” is sent is not finished, and written nowhere.")
            .arg(names.front());
    QStringList quoted;
    for (const QString& name : names)
        quoted.append(QObject::tr("“%1”").arg(name));
    return QObject::tr("What is typed of how these requests are sent is not finished, and written nowhere: "
                       "%1.")
        .arg(quoted.join(QStringLiteral(", ")));
}

} // namespace

void RequestTabs::Private::save(Tab& tab)
{
    if (!isOfOpenCollection(tab))
        return askWhereToSave(tab);
    saving = tab.editor;
    show(tab);
    Q_EMIT pane->saveRequested(itemOf(tab));
}

void RequestTabs::Private::close(std::size_t index)
{
    if (index >= tabs.size())
        return;
    RequestEditor* editor = tabs[index].editor;
    editor->takeTyped();
    if (editor->hasUnfinishedRule())
        askBeforeLosingRules({editor}, [this, editor] { closeSaved(editor); });
    else
        closeSaved(editor);
}

void RequestTabs::Private::closeSaved(const RequestEditor* editor)
{
    const std::size_t index = indexOf(editor);
    if (index < tabs.size() && tabs[index].isDirty())
        askBeforeClosing(index);
    else
        remove(index);
}

std::vector<RequestEditor*> RequestTabs::Private::withUnfinishedRules() const
{
    std::vector<RequestEditor*> found;
    for (const Tab& tab : tabs)
        if (tab.editor->hasUnfinishedRule())
            found.push_back(tab.editor);
    return found;
}

/// Saving the request would not save it: it has no place in the request's file, and none in a draft.
void RequestTabs::Private::askBeforeLosingRules(const std::vector<RequestEditor*>& editors,
                                                std::function<void()> deed)
{
    QStringList names;
    for (const RequestEditor* editor : editors)
        names.append(bar->tabText(static_cast<int>(indexOf(editor))));
    show(tabs[indexOf(editors.front())]);
    editors.front()->showUnfinishedRule();
    auto* box = new QuestionBox(QStringLiteral("unfinishedQuestion"), unfinishedWords(names), pane);
    box->offerLoss(QObject::tr("Discard what is typed"), std::move(deed));
    box->ask(QObject::tr("Keep editing"));
}

void RequestTabs::Private::askBeforeClosing(std::size_t index)
{
    show(tabs[index]);
    RequestEditor* editor = tabs[index].editor;
    const QString name = bar->tabText(static_cast<int>(index));
    auto* box = new QuestionBox(QStringLiteral("unsavedQuestion"),
                                QObject::tr("“%1” has changes that are not saved.").arg(name), pane);
    box->offer(QObject::tr("Save"), [this, editor] {
        const std::size_t at = indexOf(editor);
        if (at >= tabs.size())
            return;
        closeWhenSaved = true;
        save(tabs[at]);
    });
    box->offerLoss(QObject::tr("Discard changes"), [this, editor] { remove(indexOf(editor)); });
    box->ask(QObject::tr("Keep editing"));
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

/// A field that is left with a whole rule in it is written on the way.
bool RequestTabs::hasUnfinishedRules()
{
    if (const Tab* tab = d->current())
        tab->editor->takeTyped();
    return !d->withUnfinishedRules().empty();
}

void RequestTabs::askBeforeLosingRules(std::function<void()> deed)
{
    if (const auto editors = d->withUnfinishedRules(); !editors.empty())
        d->askBeforeLosingRules(editors, std::move(deed));
}

void RequestTabs::Private::closeCleanTabsOfOthers()
{
    for (std::size_t index = tabs.size(); index > 0; --index)
        if (const Tab& tab = tabs[index - 1]; !isOfOpenCollection(tab) && !tab.isDirty() &&
                                              !tab.editor->hasUnfinishedRule() && tab.editor != saving)
            remove(index - 1);
}

} // namespace claimcheck::ui

// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A tab with unsaved edits stays open when another collection is opened. It still belongs to the collection
// in which it was begun: it says so, and is written into the open one only where a person wants that.

#include <filesystem>
#include <utility>

#include <base/text.h>
#include <request/requesteditor.h>
#include <request/requesttabsprivate.h>
#include <theme/flattabbar.h>
#include <theme/questionbox.h>

namespace claimcheck::ui {
namespace {

/// A demo's folder goes with the program, one of another disk may come back.
bool isFolderThere(const std::string& directory)
{
    std::error_code error;
    return std::filesystem::is_directory(directory, error);
}

QString verbOfOpening()
{
    return QObject::tr("Open that collection");
}

} // namespace

Note RequestTabs::Private::noteOfCollection(const Tab& tab) const
{
    const QString where = toQString(visible(tab.collection));
    if (!isFolderThere(tab.collection))
        return {Tone::Info,
                QObject::tr("Elsewhere"),
                QObject::tr("This request was begun in the collection %1, which is not there any more. Save "
                            "asks before it goes into the open one.")
                    .arg(where),
                {}};
    return {Tone::Info,
            QObject::tr("Elsewhere"),
            QObject::tr("This request belongs to the collection %1. Save asks before it goes into the open "
                        "one.")
                .arg(where),
            {{collectionNote::open, verbOfOpening()}}};
}

void RequestTabs::Private::askWhereToSave(Tab& tab)
{
    const bool closing = std::exchange(closeWhenSaved, false); // nothing is saved yet
    show(tab);
    RequestEditor* editor = tab.editor;
    const QString name = bar->tabText(static_cast<int>(indexOf(editor)));
    const QString where = toQString(tab.collection);
    auto* box = new QuestionBox(QStringLiteral("otherCollectionQuestion"),
                                QObject::tr("“%1” belongs to another collection.").arg(name), pane);
    box->explain(
        QObject::tr("It was begun in %1. Saved here, it becomes a new request of the collection that "
                    "is open now.")
            .arg(toQString(visible(tab.collection))));
    if (isFolderThere(tab.collection))
        box->offer(verbOfOpening(), [this, where] { Q_EMIT pane->collectionWanted(where); });
    box->offer(QObject::tr("Save it here"), [this, editor, closing] {
        const std::size_t at = indexOf(editor);
        if (at >= tabs.size())
            return;
        closeWhenSaved = closing;
        saving = editor;
        show(tabs[at]);
        Q_EMIT pane->saveRequested(itemOf(tabs[at]));
    });
    box->ask(QObject::tr("Keep editing"));
}

} // namespace claimcheck::ui

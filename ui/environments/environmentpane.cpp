// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <environments/environmentpane.h>

#include <algorithm>
#include <utility>

#include <QtWidgets/qcheckbox.h>
#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qlistwidget.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qstackedwidget.h>

#include <base/text.h>
#include <state/plaintip.h>
#include <theme/banner.h>
#include <theme/theme.h>
#include <theme/widgets.h>

#include "environmentpaneprivate.h"

namespace claimcheck::ui {

EnvironmentPane::EnvironmentPane(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>(this))
{
    d->makePages();
    d->connectAll();
    setCollection({});
}

EnvironmentPane::~EnvironmentPane() = default;

const collection::Environment* EnvironmentPane::Private::environment(const std::string& ofPath) const
{
    if (collection)
        for (const collection::Environment& each : collection->environments)
            if (each.path == ofPath)
                return &each;
    return nullptr;
}

EnvironmentEdit EnvironmentPane::Private::saved(const std::string& ofPath) const
{
    const collection::Environment* known = environment(ofPath);
    return known == nullptr ? EnvironmentEdit()
                            : EnvironmentEdit{*known, store::valueTypes(*collection, *known), {}};
}

EnvironmentEdit EnvironmentPane::Private::edited() const
{
    EnvironmentEdit edit = model.edit();
    edit.environment.name = toUtf8(name->text());
    edit.environment.extended = toUtf8(extended->currentData().toString());
    edit.environment.dotEnvFile = toUtf8(dotEnv->text());
    return edit;
}

void EnvironmentPane::setCollection(const std::optional<collection::Collection>& collection)
{
    const bool isOther = !collection || !d->collection || collection->directory != d->collection->directory;
    if (isOther)
        d->openEdits(collection ? collection->directory : std::string());
    d->collection = collection;
    const bool hasAny = collection && !collection->environments.empty();
    d->fillList();
    const bool isGone = d->environment(d->path) == nullptr;
    if (!hasAny)
        d->show({});
    else if (isOther || isGone)
        d->show(collection->environments.front().path);
    else if (!d->unsaved.contains(d->path))
        d->show(d->path);
    d->pages->setCurrentIndex(!collection ? 0 : 1);
    d->form->setVisible(hasAny);
    d->none->setVisible(!hasAny);
}

/// Those of the collection that is open until now wait until it is open again.
void EnvironmentPane::Private::openEdits(const std::string& directory)
{
    if (collection && !unsaved.empty())
        elsewhere[collection->directory] = std::move(unsaved);
    unsaved.clear();
    if (auto kept = elsewhere.extract(directory); !kept.empty())
        unsaved = std::move(kept.mapped());
}

void EnvironmentPane::moveCollection(const std::string& from, const std::string& to)
{
    if (d->collection && d->collection->directory == from && !d->unsaved.empty())
        d->elsewhere[to] = std::exchange(d->unsaved, {});
}

void EnvironmentPane::follow(const store::Moves& moves)
{
    if (d->unsaved.empty())
        return;
    for (auto& [path, edit] : d->unsaved)
        store::followFiles(moves, edit.environment);
    if (d->unsaved.contains(d->path))
        d->show(d->path);
    Q_EMIT changed();
}

std::vector<store::EnvironmentDraft> EnvironmentPane::drafts() const
{
    std::vector<store::EnvironmentDraft> drafts;
    const auto take = [&drafts](const std::string& directory, const Private::Edits& edits) {
        for (const auto& [path, edit] : edits) {
            drafts.push_back({directory, edit.environment, edit.types});
            drafts.back().environment.path = path;
        }
    };
    if (d->collection)
        take(d->collection->directory, d->unsaved);
    for (const auto& [directory, edits] : d->elsewhere)
        take(directory, edits);
    return drafts;
}

void EnvironmentPane::restore(const std::vector<store::EnvironmentDraft>& drafts)
{
    for (const store::EnvironmentDraft& draft : drafts) {
        const bool isHere = d->collection && d->collection->directory == draft.collection;
        EnvironmentEdit edit{draft.environment, draft.types, {}};
        if (const collection::Environment* file = isHere ? d->environment(edit.environment.path) : nullptr)
            edit.environment.certificates = file->certificates; // no part of what is edited here
        (isHere ? d->unsaved : d->elsewhere[draft.collection])
            .insert_or_assign(draft.environment.path, std::move(edit));
    }
    if (d->environment(d->path) != nullptr)
        d->show(d->path);
    d->markList();
}

QStringList EnvironmentPane::typedSecretPlaces() const
{
    QStringList places;
    const auto take = [&places](const Private::Edits& edits, const std::string& directory) {
        for (const auto& [path, edit] : edits) {
            if (edit.values.empty())
                continue;
            const std::string& typed = edit.environment.name;
            const QString name = toQString(visible(typed.empty() ? path : typed));
            places.append(directory.empty() ? name : tr("%1 (%2)").arg(name, toQString(visible(directory))));
        }
    };
    take(d->unsaved, {});
    for (const auto& [directory, edits] : d->elsewhere)
        take(edits, directory);
    return places;
}

void EnvironmentPane::Private::fillList()
{
    const QSignalBlocker quiet(list);
    list->clear();
    if (collection)
        for (const collection::Environment& each : collection->environments) {
            auto* item = new QListWidgetItem(toQString(visible(each.name)), list);
            item->setData(Qt::UserRole, toQString(each.path));
        }
    markList();
}

/// The mark of those with something unsaved; a warning before a file that cannot be read.
void EnvironmentPane::Private::markList()
{
    for (int row = 0; row < list->count(); ++row) {
        QListWidgetItem* item = list->item(row);
        const std::string itemPath = toUtf8(item->data(Qt::UserRole).toString());
        const collection::Environment* known = environment(itemPath);
        if (known == nullptr)
            continue;
        const bool isUnsaved = unsaved.contains(itemPath);
        const QString shown = toQString(visible(known->name));
        item->setText(shown);
        item->setData(unsavedRole, isUnsaved);
        item->setData(Qt::AccessibleTextRole,
                      isUnsaved ? EnvironmentPane::tr("%1, not saved").arg(shown) : shown);
        item->setToolTip(isUnsaved ? EnvironmentPane::tr("Not saved") : QString());
        item->setIcon(known->problem ? icon(QStringLiteral("warning"), ui::Role::Warn) : QIcon());
    }
}

void EnvironmentPane::Private::show(const std::string& ofPath)
{
    path = ofPath;
    const auto kept = unsaved.find(ofPath);
    fillFields(kept == unsaved.end() ? saved(ofPath) : kept->second);
    const QSignalBlocker quiet(list);
    for (int row = 0; row < list->count(); ++row)
        if (toUtf8(list->item(row)->data(Qt::UserRole).toString()) == ofPath)
            list->setCurrentRow(row);
    const collection::Environment* known = environment(ofPath);
    if (known != nullptr && known->problem)
        banner->say(Tone::Bad, EnvironmentPane::tr("Cannot be read"), toQString(describe(*known->problem)));
    banner->setVisible(known != nullptr && known->problem.has_value());
    table->setEnabled(known != nullptr && !known->problem);
    renewButtons();
    if (known != nullptr)
        Q_EMIT pane->shown(toQString(known->name));
}

void EnvironmentPane::Private::fillFields(const EnvironmentEdit& edit)
{
    isFilling = true;
    name->setText(toQString(edit.environment.name));
    extended->clear();
    extended->addItem(EnvironmentPane::tr("Nothing"), QString());
    if (collection)
        for (const collection::Environment& each : collection->environments)
            if (each.path != path)
                extended->addItem(toQString(visible(each.name)), toQString(each.name));
    if (!edit.environment.extended.empty() && extended->findData(toQString(edit.environment.extended)) < 0)
        extended->addItem(
            EnvironmentPane::tr("%1 (missing)").arg(toQString(visible(edit.environment.extended))),
            toQString(edit.environment.extended));
    extended->setCurrentIndex(std::max(0, extended->findData(toQString(edit.environment.extended))));
    dotEnv->setText(toQString(edit.environment.dotEnvFile));
    EnvironmentEdit shown = edit;
    if (const collection::Environment* known = environment(path))
        shown.environment.name = known->name; // secrets are found under the name in the file
    model.setEdit(std::move(shown));
    isFilling = false;
}

void EnvironmentPane::Private::takeEdit()
{
    if (isFilling || path.empty())
        return;
    const EnvironmentEdit now = edited();
    if (now == saved(path))
        unsaved.erase(path);
    else
        unsaved.insert_or_assign(path, now);
    markList();
    renewButtons();
    Q_EMIT pane->changed();
}

void EnvironmentPane::Private::renewButtons()
{
    const bool isUnsaved = unsaved.contains(path);
    save->setEnabled(isUnsaved && !name->text().trimmed().isEmpty());
    revert->setEnabled(isUnsaved);
}

void EnvironmentPane::Private::requestSave()
{
    const auto kept = unsaved.find(path);
    if (kept == unsaved.end())
        return;
    EnvironmentSave request{kept->second, name->text().trimmed(), hasKeychain && inKeychain->isChecked()};
    request.edit.environment.path = path;
    if (const collection::Environment* known = environment(path))
        request.edit.environment.name = known->name;
    Q_EMIT pane->saveRequested(request);
}

void EnvironmentPane::choose(const QString& name)
{
    if (!d->collection)
        return;
    for (const collection::Environment& each : d->collection->environments)
        if (each.name == toUtf8(name))
            return d->show(each.path);
}

void EnvironmentPane::editName()
{
    d->name->setFocus();
    d->name->selectAll();
}

QString EnvironmentPane::chosen() const
{
    const collection::Environment* known = d->environment(d->path);
    return known == nullptr ? QString() : toQString(known->name);
}

void EnvironmentPane::setSecrets(const std::vector<run::SecretValue>& secrets, bool hasKeychain,
                                 const std::optional<Error>& problem)
{
    d->model.setSecrets(secrets);
    d->hasKeychain = hasKeychain && !problem;
    d->inKeychain->setVisible(d->hasKeychain); // a tick would say what does not happen
    const QString why = problem ? toQString(visible(describe(*problem))) : QString();
    for (QWidget* part : {static_cast<QWidget*>(d->inKeychain), static_cast<QWidget*>(d->note)}) {
        part->setToolTip(plainTip(why));
        part->setAccessibleDescription(why); // else the tip's markup would be read aloud
    }
    d->note->setVisible(!d->hasKeychain);
    d->note->setText(tr("No keychain answers: values of secrets are kept until the program ends."));
}

void EnvironmentPane::setAllowedNames(const QStringList& names)
{
    d->table->setAllowedNames(names);
}

void EnvironmentPane::markSaved(const QString& before, const QString& path)
{
    d->unsaved.erase(toUtf8(before));
    if (d->environment(toUtf8(path)) != nullptr)
        d->show(toUtf8(path));
    d->markList();
    Q_EMIT changed();
}

void EnvironmentPane::say(const QString& word, const QString& sentence)
{
    d->banner->say(Tone::Bad, word, sentence);
    d->banner->setVisible(!sentence.isEmpty());
}

void EnvironmentPane::offerUndo(const QString& name)
{
    d->undo->setText(tr("Bring %1 back").arg(asLabel(toQString(visible(toUtf8(name))))));
    d->undo->setVisible(!name.isEmpty());
}

} // namespace claimcheck::ui

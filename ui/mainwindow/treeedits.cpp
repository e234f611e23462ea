// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <mainwindow/treeedits.h>

#include <algorithm>

#include <base/text.h>
#include <collections/collectionpane.h>
#include <mainwindow/actions.h>
#include <mainwindow/noticebar.h>
#include <request/folderdialog.h>
#include <request/requesttabs.h>
#include <store/defaults.h>
#include <theme/widgets.h>
#include <workbench/declaredsecrets.h>
#include <workbench/secrets.h>
#include <workbench/workbench.h>

namespace claimcheck::ui {
namespace {

std::vector<std::string> toPaths(const QStringList& texts)
{
    std::vector<std::string> paths;
    for (const QString& text : texts)
        paths.push_back(toUtf8(text));
    return paths;
}

QStringList toTexts(const std::vector<std::string>& paths)
{
    QStringList texts;
    for (const std::string& path : paths)
        texts.append(toQString(path));
    return texts;
}

QString nounOf(workbench::Edit edit)
{
    switch (edit) {
    case workbench::Edit::Save:
        return TreeEdits::tr("save of %1");
    case workbench::Edit::Connection:
        return TreeEdits::tr("change to the connection of %1");
    case workbench::Edit::Minted:
        return TreeEdits::tr("change to the token that is made for %1");
    case workbench::Edit::Certificate:
        return TreeEdits::tr("change to the client certificate for %1");
    case workbench::Edit::NewFolder:
        return TreeEdits::tr("new folder %1");
    case workbench::Edit::Rename:
        return TreeEdits::tr("rename of %1");
    case workbench::Edit::Move:
        return TreeEdits::tr("move of %1");
    case workbench::Edit::Duplicate:
        return TreeEdits::tr("duplicate of %1");
    case workbench::Edit::Delete:
        return TreeEdits::tr("delete of %1");
    case workbench::Edit::Paste:
        return TreeEdits::tr("paste of %1");
    case workbench::Edit::Import:
        break;
    }
    return TreeEdits::tr("import of %1");
}

QString objectOf(const workbench::Command& command)
{
    return command.count == 1 ? TreeEdits::tr("“%1”").arg(toQString(visible(command.name)))
                              : TreeEdits::tr("%1 items").arg(command.count);
}

} // namespace

QString describe(const workbench::Command& command)
{
    return nounOf(command.edit).arg(objectOf(command));
}

TreeEdits::TreeEdits(workbench::Workbench& workbench, workbench::Edits& edits, const Actions& actions,
                     CollectionPane* pane, RequestTabs* tabs, NoticeBar* notice)
    : QObject(pane),
      m_workbench(workbench),
      m_edits(edits),
      m_actions(actions),
      m_pane(pane),
      m_tabs(tabs),
      m_notice(notice)
{
    connectPane();
    connectActions();
    connectTabs();
    connect(&m_edits, &workbench::Edits::moved, this, [this](const store::Moves& moves) {
        m_pane->follow(moves);
        m_tabs->follow(moves);
    });
    renewActions();
}

void TreeEdits::connectPane()
{
    connect(m_pane, &CollectionPane::newFolderRequested, this, &TreeEdits::makeFolder);
    connect(m_pane, &CollectionPane::deleteRequested, this, &TreeEdits::remove);
    connect(m_pane, &CollectionPane::settingsRequested, this, &TreeEdits::editSettings);
    connect(m_pane, &CollectionPane::renameRequested, this, [this](const QString& path, const QString& name) {
        show(m_edits.rename(toUtf8(path), toUtf8(name)));
    });
    connect(m_pane, &CollectionPane::duplicateRequested, this,
            [this](const QStringList& paths) { show(m_edits.duplicate(toPaths(paths))); });
    connect(m_pane, &CollectionPane::moveRequested, this,
            [this](const QStringList& paths, const QString& folder, const QString& before) {
                show(m_edits.move(toPaths(paths), {toUtf8(folder), toUtf8(before)}));
            });
}

void TreeEdits::connectActions()
{
    m_pane->addTreeAction(m_actions.undo);
    m_pane->addTreeAction(m_actions.redo);
    connect(m_actions.undo, &QAction::triggered, this, [this] { show(m_edits.undo()); });
    connect(m_actions.redo, &QAction::triggered, this, [this] { show(m_edits.redo()); });
    connect(&m_edits, &workbench::Edits::changed, this, [this] {
        renewActions();
        withdrawOffer();
    });
}

void TreeEdits::renewActions()
{
    const workbench::Command* undoable = m_edits.undoable();
    const workbench::Command* redoable = m_edits.redoable();
    m_actions.undo->setEnabled(undoable != nullptr);
    m_actions.undo->setText(undoable ? asLabel(tr("Undo %1").arg(describe(*undoable))) : tr("Undo"));
    m_actions.redo->setEnabled(redoable != nullptr);
    m_actions.redo->setText(redoable ? asLabel(tr("Redo %1").arg(describe(*redoable))) : tr("Redo"));
}

void TreeEdits::show(const workbench::Edits::Done& done)
{
    if (!done)
        return m_notice->say(done.error());
    m_notice->hide();
    m_pane->choose(toTexts(*done));
}

/// It has a name at once, which can be typed over.
void TreeEdits::makeFolder(const QString& folder)
{
    const auto made = m_edits.newFolder(toUtf8(folder), toUtf8(tr("New folder")));
    show(made);
    if (made && made->size() == 1)
        m_pane->editName(toQString(made->front()));
}

/// What its requests get where it says nothing: the nearest around it that says something counts.
static Authorisation inheritedBy(const collection::Collection& collection, const std::string& folder)
{
    collection::Item inside;
    inside.path = folder;
    const collection::Entry entry = collection::withInherited(collection, inside);
    return {entry.auth, entry.kept.auth};
}

void TreeEdits::editSettings(const QString& folder)
{
    const auto& open = m_workbench.collection();
    if (!open)
        return;
    auto defaults = store::readDefaults(open->directory, toUtf8(folder));
    if (!defaults)
        return m_notice->say(defaults.error());
    const auto inherited =
        folder.isEmpty() ? std::nullopt : std::optional(inheritedBy(*open, toUtf8(folder)));
    auto* dialog = new FolderDialog(*std::move(defaults), inherited, connectionPlace(*open, toUtf8(folder)),
                                    m_pane->window());
    dialog->setMinted(mintedPlace(*open, toUtf8(folder)));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const auto ask = [this, dialog, folder, directory = open->directory](const store::Defaults& typed) {
        if (m_workbench.collection() && m_workbench.collection()->directory == directory)
            return save(dialog, toUtf8(folder), typed);
        dialog->say({ErrorKind::Refused, "cannot save the settings", "another collection is open now",
                     "open this one again"});
    };
    connect(dialog, &FolderDialog::saveRequested, this, ask);
    dialog->open();
}

/// Three files, and a command for each that changes: what is saved of the first is not asked for again when
/// the next one fails.
void TreeEdits::save(FolderDialog* dialog, const std::string& folder, const store::Defaults& typed)
{
    if (const auto edit = dialog->connection()) {
        const auto written = saveConnection(*edit);
        if (m_workbench.collection())
            dialog->setConnection(connectionPlace(*m_workbench.collection(), folder));
        if (!written)
            return dialog->sayConnectionProblem(written.error());
    }
    if (const auto edit = dialog->minted()) {
        const auto written = m_edits.saveMinted({edit->before, edit->after});
        if (m_workbench.collection())
            dialog->setMinted(mintedPlace(*m_workbench.collection(), folder));
        if (!written)
            return dialog->sayMintedProblem(written.error());
    }
    if (const auto saved = m_edits.saveDefaults(folder, typed); !saved)
        return dialog->say(saved.error());
    dialog->accept();
}

/// The password first has a name in the chosen environment, then a value.
workbench::Edits::Done TreeEdits::saveConnection(const ConnectionEdit& edit)
{
    workbench::ConnectionSave save{edit.before, edit.rule};
    if (!edit.secret.empty())
        save.secrets = {edit.secret};
    const auto saved = m_edits.saveConnection(save);
    const auto& open = m_workbench.collection();
    if (saved && open && !edit.secret.empty() && !edit.password.isEmpty())
        workbench::keepDeclared(m_workbench.secrets(), *open, m_workbench.environment(), edit.secret,
                                edit.password);
    return saved;
}

/// A window that goes away may leave a field that was typed into: there are no edits any more then.
void TreeEdits::connectTabs()
{
    connect(m_tabs, &RequestTabs::connectionEdited, &m_edits, [this](const ConnectionEdit& edit) {
        if (const auto written = saveConnection(edit); !written)
            m_tabs->sayConnectionProblem(edit.rule.path, written.error());
    });
    connect(m_tabs, &RequestTabs::mintedEdited, &m_edits, [this](const MintedEdit& edit) {
        const std::string path = edit.after ? edit.after->path : edit.before->path;
        if (const auto written = m_edits.saveMinted({edit.before, edit.after}); !written)
            m_tabs->sayMintedProblem(path, written.error());
    });
}

/// Nothing is asked, since it can be undone.
void TreeEdits::remove(const QStringList& paths)
{
    const auto removed = m_edits.remove(toPaths(paths));
    show(removed);
    if (!removed || m_edits.undoable() == nullptr)
        return;
    const workbench::Command& command = *m_edits.undoable();
    const QString where = command.count == 1 ? tr("%1 is in the trash.") : tr("%1 are in the trash.");
    m_notice->offer(Tone::Info, tr("Deleted"), where.arg(objectOf(command)), tr("Undo"),
                    [this] { m_actions.undo->trigger(); });
    m_offered = command.change;
    m_offer = m_notice->text();
}

/// The notice's button undoes what the notice is about, and nothing that was done since.
void TreeEdits::withdrawOffer()
{
    const workbench::Command* latest = m_edits.undoable();
    if (!m_offered || (latest && latest->change == *m_offered))
        return;
    m_offered.reset();
    if (m_notice->text() == m_offer)
        m_notice->hide();
}

} // namespace claimcheck::ui

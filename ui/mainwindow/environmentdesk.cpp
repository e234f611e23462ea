// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <mainwindow/environmentdesk.h>

#include <filesystem>

#include <base/text.h>
#include <environments/environmentpane.h>
#include <environments/secretdialog.h>
#include <store/files.h>
#include <workbench/secrets.h>

namespace claimcheck::ui {

EnvironmentDesk::EnvironmentDesk(workbench::Workbench& workbench, EnvironmentPane* pane,
                                 std::string configDirectory)
    : m_workbench(workbench), m_pane(pane), m_configDirectory(std::move(configDirectory))
{
    auto permissions = store::loadPermissions(m_configDirectory);
    m_workbench.secrets().setPermissions(permissions.value_or(store::Permissions()));
    connect(pane, &EnvironmentPane::saveRequested, this, &EnvironmentDesk::save);
    connect(pane, &EnvironmentPane::newRequested, this, &EnvironmentDesk::add);
    connect(pane, &EnvironmentPane::duplicateRequested, this,
            [this](const QString& path) { duplicate(toUtf8(path)); });
    connect(pane, &EnvironmentPane::deleteRequested, this,
            [this](const QString& path) { remove(toUtf8(path)); });
    connect(pane, &EnvironmentPane::undoRequested, this, &EnvironmentDesk::bringBack);
    connect(pane, &EnvironmentPane::processAllowed, this, &EnvironmentDesk::allow);
    connect(pane, &EnvironmentPane::shown, this, &EnvironmentDesk::look);
    connect(&m_workbench.secrets(), &workbench::Secrets::changed, this, &EnvironmentDesk::showSecrets);
    connect(&m_workbench.secrets(), &workbench::Secrets::problem, this, &EnvironmentDesk::failed);
    connect(&m_workbench, &workbench::Workbench::secretsWanted, this, &EnvironmentDesk::ask);
}

void EnvironmentDesk::enter()
{
    m_pane->choose(toQString(m_workbench.environment()));
    look(m_pane->chosen());
}

void EnvironmentDesk::showCollection()
{
    m_pane->setCollection(m_workbench.collection());
    const auto& open = m_workbench.collection();
    if (m_deleted && (!open || open->directory != m_deleted->directory)) {
        m_deleted.reset();
        m_pane->offerUndo({});
    }
    if (m_pane->isVisible())
        look(m_pane->chosen());
}

const collection::Environment* EnvironmentDesk::at(const std::string& path) const
{
    const auto& open = m_workbench.collection();
    if (open)
        for (const collection::Environment& each : open->environments)
            if (each.path == path)
                return &each;
    return nullptr;
}

/// Only what is in front asks the keychain: opening a collection does not.
void EnvironmentDesk::look(const QString& name)
{
    const auto& open = m_workbench.collection();
    if (!open || !m_pane->isVisible())
        return;
    QStringList allowed;
    for (const std::string& each : m_workbench.secrets().permissions().namesFor(open->directory))
        allowed.append(toQString(each));
    m_pane->setAllowedNames(allowed);
    m_workbench.secrets().show(*open, toUtf8(name));
}

void EnvironmentDesk::showSecrets()
{
    const workbench::Secrets& secrets = m_workbench.secrets();
    m_pane->setSecrets(secrets.shown(), secrets.hasKeychain(), secrets.keychainProblem());
}

void EnvironmentDesk::readAnew(const std::string& shown)
{
    const std::string chosen = m_workbench.environment();
    if (const auto read = m_workbench.openCollection(m_workbench.collection()->directory); !read)
        Q_EMIT failed(read.error());
    if (m_workbench.environment() != chosen)
        Q_EMIT environmentChosen({});
    m_pane->markSaved(toQString(shown));
    Q_EMIT edited();
}

/// The file may have been read anew beside the edit: what the store compares with is then the other
/// program's.
bool EnvironmentDesk::isToBeWarned(const EnvironmentSave& save, const collection::Environment& file)
{
    const std::string& began = save.edit.environment.fingerprint;
    const Overwriting wanted{m_workbench.collection()->directory, file.path, began, file.fingerprint};
    if (began == file.fingerprint || m_warned == wanted)
        return false;
    m_warned = wanted;
    return true;
}

void EnvironmentDesk::save(const EnvironmentSave& save)
{
    const auto& open = m_workbench.collection();
    const collection::Environment* before = open ? at(save.edit.environment.path) : nullptr;
    if (before == nullptr)
        return;
    if (isToBeWarned(save, *before))
        return m_pane->say(
            tr("Not saved"),
            tr("Another program, or a renaming here, changed %1 while it was edited. Revert takes "
               "what the file says now; saving again writes what is typed here.")
                .arg(toQString(visible(before->path))));
    const std::string name = toUtf8(save.name);
    const bool isRenamed = name != before->name;
    const bool wasChosen = m_workbench.environment() == before->name;
    const auto path = isRenamed
                          ? store::renameEnvironment(*open, save.edit.environment, name, save.edit.types)
                          : store::saveEnvironment(*open, save.edit.environment, save.edit.types);
    if (!path)
        return m_pane->say(tr("Not saved"), toQString(describe(path.error())));
    if (isRenamed)
        moveValues(*before, save, name);
    keepValues(save, name);
    readAnew(*path);
    if (isRenamed && wasChosen)
        Q_EMIT environmentChosen(save.name);
}

/// What was typed anew is not to be overwritten by what was kept before.
void EnvironmentDesk::moveValues(const collection::Environment& before, const EnvironmentSave& save,
                                 const std::string& name)
{
    collection::Environment moved = before;
    std::erase_if(moved.variables,
                  [&save](const auto& variable) { return save.edit.values.contains(variable.name); });
    const std::string& directory = m_workbench.collection()->directory;
    m_workbench.secrets().moveEnvironment(moved, directory, name);
    for (const auto& [variable, value] : save.edit.values)
        m_workbench.secrets().forget(directory, before.name, variable);
}

void EnvironmentDesk::keepValues(const EnvironmentSave& save, const std::string& name)
{
    for (const auto& [variable, value] : save.edit.values)
        m_workbench.secrets().give(m_workbench.collection()->directory, name, variable, value,
                                   save.inKeychain ? workbench::Remember::InKeychain
                                                   : workbench::Remember::InMemory);
}

void EnvironmentDesk::addNew(collection::Environment environment, const std::vector<std::string>& types)
{
    const auto& open = m_workbench.collection();
    environment.path.clear();
    environment.fingerprint.clear();
    environment.name = store::freeEnvironmentName(*open, environment.name);
    const auto path = store::saveEnvironment(*open, environment, types);
    if (!path) {
        Q_EMIT failed(path.error());
        return;
    }
    readAnew(*path);
}

void EnvironmentDesk::add()
{
    if (!m_workbench.collection())
        return;
    collection::Environment environment;
    environment.name = toUtf8(tr("New environment"));
    addNew(std::move(environment), {});
}

void EnvironmentDesk::duplicate(const std::string& path)
{
    const collection::Environment* known = at(path);
    if (known == nullptr)
        return;
    collection::Environment copy = *known;
    copy.name = toUtf8(tr("%1 copy").arg(toQString(known->name)));
    addNew(std::move(copy), store::valueTypes(*m_workbench.collection(), *known));
}

/// Values of its secrets stay in the keychain, so that it can be brought back with them.
void EnvironmentDesk::remove(const std::string& path)
{
    const collection::Environment* known = at(path);
    if (known == nullptr)
        return;
    const std::string directory = m_workbench.collection()->directory;
    const std::filesystem::path file = std::filesystem::path(directory) / path;
    const auto text = store::readFile(file.string(), store::StoreLimits().bytes);
    std::error_code error;
    if (text)
        std::filesystem::remove(file, error);
    if (!text || error) {
        Q_EMIT failed(text ? Error{ErrorKind::Unreadable, "cannot delete " + visible(path), error.message(),
                                   "check the folder's owner and mode", std::nullopt}
                           : text.error());
        return;
    }
    m_deleted = Deleted{directory, path, known->name, *text};
    m_pane->offerUndo(toQString(known->name));
    readAnew({});
}

void EnvironmentDesk::bringBack()
{
    if (!m_deleted)
        return;
    const std::filesystem::path file = std::filesystem::path(m_deleted->directory) / m_deleted->path;
    if (const auto written = store::writeNewFile(file.string(), m_deleted->text, store::Privacy::Shared);
        !written) {
        Q_EMIT failed(written.error());
        return;
    }
    const std::string path = m_deleted->path;
    m_deleted.reset();
    m_pane->offerUndo({});
    readAnew(path);
}

void EnvironmentDesk::allow(const QString& name, bool isAllowed)
{
    const auto& open = m_workbench.collection();
    if (!open)
        return;
    store::Permissions permissions = m_workbench.secrets().permissions();
    permissions.allow(open->directory, toUtf8(name), isAllowed);
    if (const auto saved = store::savePermissions(m_configDirectory, permissions); !saved)
        Q_EMIT failed(saved.error());
    m_workbench.secrets().setPermissions(std::move(permissions));
    look(m_pane->chosen());
}

void EnvironmentDesk::ask(const workbench::SecretQuestion& question)
{
    auto* dialog = new SecretDialog(question, m_pane->window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::rejected, &m_workbench, &workbench::Workbench::cancel);
    connect(dialog, &QDialog::accepted, this, [this, dialog, question] {
        const std::vector<Secret> values = dialog->values();
        const auto remember =
            dialog->inKeychain() ? workbench::Remember::InKeychain : workbench::Remember::InMemory;
        for (std::size_t i = 0; i < values.size(); ++i)
            m_workbench.secrets().give(question.directory, question.wanted[i].environment,
                                       question.wanted[i].name, values[i], remember);
        m_workbench.resume();
    });
    connect(&m_workbench, &workbench::Workbench::exchangeFinished, dialog, [this, dialog] {
        disconnect(dialog, nullptr, &m_workbench, nullptr); // the request that asked is over
        dialog->close();
    });
    dialog->open();
}

} // namespace claimcheck::ui

// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <mainwindow/environmentdesk.h>

#include <QtCore/qpointer.h>
#include <QtWidgets/qdialog.h>

#include <base/text.h>
#include <environments/environmentpane.h>
#include <environments/releasedialog.h>
#include <environments/secretdialog.h>
#include <state/runcontrol.h>
#include <store/secretlike.h>
#include <workbench/secrets.h>

namespace claimcheck::ui {
namespace {

/// The name of a variable whose value a draft did not keep; empty: none.
std::string leftOutIn(const collection::Environment& environment)
{
    for (const variables::Variable& variable : environment.variables)
        if (store::holdsRedactedMark(variable.value))
            return variable.name;
    return {};
}

} // namespace

EnvironmentDesk::EnvironmentDesk(workbench::Workbench& workbench, workbench::Edits& edits,
                                 EnvironmentPane* pane, std::string configDirectory)
    : m_workbench(workbench), m_edits(edits), m_pane(pane), m_configDirectory(std::move(configDirectory))
{
    auto permissions = store::loadPermissions(m_configDirectory);
    if (!permissions)
        m_permissionsProblem = permissions.error();
    m_workbench.secrets().setPermissions(permissions.value_or(store::Permissions()));
    connect(pane, &EnvironmentPane::saveRequested, this, &EnvironmentDesk::save);
    connect(pane, &EnvironmentPane::newRequested, this, &EnvironmentDesk::add);
    connect(pane, &EnvironmentPane::duplicateRequested, this,
            [this](const QString& path) { duplicate(toUtf8(path)); });
    connect(pane, &EnvironmentPane::deleteRequested, this,
            [this](const QString& path) { remove(toUtf8(path)); });
    connect(pane, &EnvironmentPane::undoRequested, this, &EnvironmentDesk::bringBack);
    connect(&m_edits, &workbench::Edits::changed, this, &EnvironmentDesk::renewOffer);
    connect(pane, &EnvironmentPane::processAllowed, this, &EnvironmentDesk::allow);
    connect(pane, &EnvironmentPane::shown, this, &EnvironmentDesk::look);
    connect(&m_workbench.secrets(), &workbench::Secrets::changed, this, &EnvironmentDesk::showSecrets);
    connect(&m_workbench.secrets(), &workbench::Secrets::problem, this, &EnvironmentDesk::failed);
    const auto resume = [this] { m_workbench.resume(); };
    const auto attend = [this](QDialog* dialog) {
        connect(dialog, &QDialog::rejected, &m_workbench, &workbench::Workbench::cancel);
        connect(&m_workbench, &workbench::Workbench::exchangeFinished, dialog, [this, dialog] {
            disconnect(dialog, nullptr, &m_workbench, nullptr); // the request that asked is over
            dialog->close();
        });
    };
    connect(&m_workbench, &workbench::Workbench::secretsWanted, this,
            [=, this](const workbench::SecretQuestion& question) { attend(ask(question, resume)); });
    connect(
        &m_workbench, &workbench::Workbench::releaseWanted, this,
        [=, this](const workbench::ReleaseQuestion& question) { attend(askAboutRelease(question, resume)); });
}

void EnvironmentDesk::attend(RunControl& runs)
{
    const auto resume = [&runs] { runs.resume(); };
    const auto endWithRun = [&runs](QDialog* dialog) {
        connect(&runs, &RunControl::changed, dialog, [&runs, dialog] {
            if (runs.isRunning())
                return;
            disconnect(dialog, nullptr, &runs, nullptr);
            dialog->close();
        });
    };
    connect(&runs, &RunControl::secretsWanted, this,
            [=, this, &runs](const workbench::SecretQuestion& question) {
                QDialog* dialog = ask(question, resume);
                connect(dialog, &QDialog::rejected, &runs, &RunControl::stop);
                endWithRun(dialog);
            });
    connect(&runs, &RunControl::releaseWanted, this,
            [=, this, &runs](const workbench::ReleaseQuestion& question) {
                QDialog* dialog = askAboutRelease(question, resume);
                connect(dialog, &QDialog::rejected, &runs, &RunControl::refuseRelease);
                endWithRun(dialog);
            });
}

/// The question goes with who asked.
workbench::IdentityQuestions EnvironmentDesk::questions()
{
    using Answer = workbench::IdentityQuestions::Answer;
    const auto accepted = [](QObject* context, const Answer& answer) {
        return [who = QPointer<QObject>(context), answer] {
            if (who)
                answer(true);
        };
    };
    const auto watch = [](QDialog* dialog, QObject* context, const Answer& answer) {
        connect(dialog, &QDialog::rejected, context, [answer] { answer(false); });
        connect(context, &QObject::destroyed, dialog, &QWidget::close);
    };
    workbench::IdentityQuestions questions;
    questions.secrets = [=, this](const workbench::SecretQuestion& question, QObject* context,
                                  const Answer& answer) {
        watch(ask(question, accepted(context, answer)), context, answer);
    };
    questions.release = [=, this](const workbench::ReleaseQuestion& question, QObject* context,
                                  const Answer& answer) {
        watch(askAboutRelease(question, accepted(context, answer)), context, answer);
    };
    return questions;
}

void EnvironmentDesk::enter()
{
    m_pane->choose(toQString(m_workbench.environment()));
    look(m_pane->chosen());
}

void EnvironmentDesk::showCollection()
{
    m_pane->setCollection(m_workbench.collection());
    renewOffer();
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

void EnvironmentDesk::readAnew(const std::string& before, const std::string& shown)
{
    const std::string chosen = m_workbench.environment();
    if (const auto read = m_workbench.openCollection(m_workbench.collection()->directory); !read)
        Q_EMIT failed(read.error());
    if (m_workbench.environment() != chosen)
        Q_EMIT environmentChosen({});
    m_pane->markSaved(toQString(before), toQString(shown));
}

void EnvironmentDesk::record(const store::Recording& recording, const std::string& name, workbench::Edit edit)
{
    m_edits.push({edit, name, 1, recording.finish("cannot take back what was done to " + visible(name))});
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
    if (const std::string missing = leftOutIn(save.edit.environment); !missing.empty())
        return m_pane->say(
            tr("Not saved"),
            tr("In %1 %2 stands for what was left out of a draft since it looked like a secret. "
               "Type it anew, or make it a secret.")
                .arg(toQString(visible(missing)),
                     QString::fromUtf8(store::redactedMark.data(),
                                       static_cast<qsizetype>(store::redactedMark.size()))));
    const std::string name = toUtf8(save.name);
    const store::Recording recording(open->directory);
    const bool isRenamed = name != before->name;
    const bool wasChosen = m_workbench.environment() == before->name;
    const std::string beforePath = before->path;
    const auto path = isRenamed
                          ? store::renameEnvironment(*open, save.edit.environment, name, save.edit.types)
                          : store::saveEnvironment(*open, save.edit.environment, save.edit.types);
    if (!path)
        return m_pane->say(tr("Not saved"), toQString(describe(path.error())));
    if (isRenamed)
        moveValues(*before, save, name);
    keepValues(save, name);
    if (!isRenamed) // with the old name back, the values in the keychain would not be found
        record(recording, name, workbench::Edit::Save);
    readAnew(beforePath, *path);
    if (isRenamed)
        Q_EMIT edited();
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
    store::Permissions permissions = m_workbench.secrets().permissions();
    permissions.moveEnvironment(directory, before.name, name);
    setPermissions(std::move(permissions));
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

void EnvironmentDesk::addNew(collection::Environment environment, const std::vector<std::string>& types,
                             workbench::Edit edit)
{
    const auto& open = m_workbench.collection();
    environment.path.clear();
    environment.fingerprint.clear();
    environment.name = store::freeEnvironmentName(*open, environment.name);
    const store::Recording recording(open->directory);
    const auto path = store::saveEnvironment(*open, environment, types);
    if (!path) {
        Q_EMIT failed(path.error());
        return;
    }
    record(recording, environment.name, edit);
    readAnew(*path, *path);
    m_pane->editName(); // it has one that nobody chose
}

void EnvironmentDesk::add()
{
    if (!m_workbench.collection())
        return;
    collection::Environment environment;
    environment.name = toUtf8(tr("New environment"));
    addNew(std::move(environment), {}, workbench::Edit::Save);
}

void EnvironmentDesk::duplicate(const std::string& path)
{
    const collection::Environment* known = at(path);
    if (known == nullptr)
        return;
    collection::Environment copy = *known;
    copy.name = toUtf8(tr("%1 copy").arg(toQString(known->name)));
    addNew(std::move(copy), store::valueTypes(*m_workbench.collection(), *known), workbench::Edit::Duplicate);
}

/// Values of its secrets stay in the keychain, so that it can be brought back with them.
void EnvironmentDesk::remove(const std::string& path)
{
    const std::string chosen = m_workbench.environment();
    const auto removed = m_edits.removeEnvironment(path);
    if (!removed) {
        Q_EMIT failed(removed.error());
        return;
    }
    if (m_workbench.environment() != chosen)
        Q_EMIT environmentChosen({});
    if (const workbench::Command* command = m_edits.undoable()) {
        m_deleted = command->change;
        m_pane->offerUndo(toQString(command->name));
    }
}

void EnvironmentDesk::bringBack()
{
    if (const auto undone = m_edits.undo(); !undone)
        Q_EMIT failed(undone.error());
}

/// The offer undoes the deletion that it names, and nothing that was done since.
void EnvironmentDesk::renewOffer()
{
    const workbench::Command* latest = m_edits.undoable();
    if (!m_deleted || (latest != nullptr && latest->change == *m_deleted))
        return;
    m_deleted.reset();
    m_pane->offerUndo({});
}

void EnvironmentDesk::setPermissions(store::Permissions permissions)
{
    if (const auto saved = store::savePermissions(m_configDirectory, permissions); !saved)
        Q_EMIT failed(saved.error());
    m_workbench.secrets().setPermissions(std::move(permissions));
}

void EnvironmentDesk::allow(const QString& name, bool isAllowed)
{
    const auto& open = m_workbench.collection();
    if (!open)
        return;
    store::Permissions permissions = m_workbench.secrets().permissions();
    permissions.allow(open->directory, toUtf8(name), isAllowed);
    setPermissions(std::move(permissions));
    look(m_pane->chosen());
}

void EnvironmentDesk::letGo(const std::string& directory, const run::Release& release)
{
    if (release.destination.empty())
        return;
    store::Permissions permissions = m_workbench.secrets().permissions();
    for (const run::SecretName& secret : release.secrets)
        permissions.release(directory,
                            {secret.environment, secret.name, release.destination, secret.isCaptured});
    setPermissions(std::move(permissions));
}

QDialog* EnvironmentDesk::ask(const workbench::SecretQuestion& question, const std::function<void()>& resume)
{
    auto* dialog = new SecretDialog(question, m_pane->window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, question, resume] {
        const std::vector<Secret> values = dialog->values();
        const auto remember =
            dialog->inKeychain() ? workbench::Remember::InKeychain : workbench::Remember::InMemory;
        run::Release typed{{}, question.destination};
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (values[i].isEmpty())
                continue;
            typed.secrets.push_back(question.wanted[i]);
            m_workbench.secrets().give(question.directory, question.wanted[i].environment,
                                       question.wanted[i].name, values[i], remember);
        }
        letGo(question.directory, typed);
        resume();
    });
    dialog->open();
    return dialog;
}

QDialog* EnvironmentDesk::askAboutRelease(const workbench::ReleaseQuestion& question,
                                          const std::function<void()>& resume)
{
    auto* dialog = new ReleaseDialog(question, m_pane->window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, question, resume] {
        letGo(question.directory, question.release);
        resume();
    });
    dialog->open();
    return dialog;
}

} // namespace claimcheck::ui

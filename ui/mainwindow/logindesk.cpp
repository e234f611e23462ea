// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <mainwindow/logindesk.h>

#include <algorithm>

#include <base/text.h>
#include <mainwindow/noticebar.h>
#include <run/keptsession.h>
#include <sessions/identityeditor.h>
#include <sessions/identitylist.h>
#include <sessions/trialpanel.h>
#include <state/identitytext.h>
#include <store/identities.h>
#include <store/identitywrite.h>
#include <workbench/issuerlookup.h>
#include <workbench/logintrial.h>
#include <workbench/secrets.h>

namespace claimcheck::ui {
namespace {

using collection::Identity;

/// Of the environment that a collection without one gets.
constexpr const char* firstEnvironment = "default";

void collectPaths(const collection::Folder& folder, std::vector<std::string>& paths)
{
    for (const collection::Item& item : folder.items)
        paths.push_back(item.path);
    for (const collection::Folder& inner : folder.folders)
        collectPaths(inner, paths);
}

} // namespace

LoginDesk::LoginDesk(workbench::Workbench& workbench, workbench::Edits& edits, IdentityList* list,
                     NoticeBar* notice, std::function<void(const QString&)> open, QObject* parent)
    : QObject(parent),
      m_workbench(workbench),
      m_edits(edits),
      m_list(list),
      m_notice(notice),
      m_open(std::move(open))
{
    const auto on = [this](auto signal, auto deed) {
        connect(m_list, signal, this, [this, deed](const QString& name) { (this->*deed)(toUtf8(name)); });
    };
    on(&IdentityList::editRequested, &LoginDesk::edit);
    on(&IdentityList::duplicateRequested, &LoginDesk::duplicate);
    on(&IdentityList::deleteRequested, &LoginDesk::remove);
    connect(m_list, &IdentityList::addRequested, this, &LoginDesk::add);
    const auto showAdd = [this] { m_list->setCanAdd(m_workbench.collection().has_value()); };
    connect(&m_workbench, &workbench::Workbench::collectionChanged, this, showAdd);
    connect(&m_edits, &workbench::Edits::changed, this, &LoginDesk::withdrawOffer);
    connect(&m_workbench.identities(), &workbench::Identities::trialEnded, this, &LoginDesk::showEnded);
    showAdd();
}

/// As the file has it now; `deed`: what cannot be done without it.
std::optional<Identity> LoginDesk::read(const std::string& name, const char* deed)
{
    const auto& open = m_workbench.collection();
    if (!open)
        return std::nullopt;
    const auto all = store::readIdentities(open->directory);
    if (!all) {
        m_notice->say(all.error());
        return std::nullopt;
    }
    const auto found = std::ranges::find(*all, name, &Identity::name);
    if (found != all->end())
        return *found;
    m_notice->say(Error{ErrorKind::Refused, std::string("cannot ") + deed + " the identity " + visible(name),
                        "it is not in " + std::string(store::sessionsFile) + " any more",
                        "look at the identities as they are now", std::nullopt});
    return std::nullopt;
}

/// `name`: the identity's own, which others may not have.
IdentityAround LoginDesk::around(const std::string& name) const
{
    IdentityAround around;
    const auto& open = m_workbench.collection();
    around.environment = m_workbench.environment();
    around.hasKeychain = m_workbench.secrets().hasKeychain() && !m_workbench.secrets().keychainProblem();
    for (const workbench::IdentityState& state : m_workbench.identities().states())
        if (state.name != name)
            around.names.push_back(state.name);
    if (!open)
        return around;
    if (around.environment.empty() && open->environments.empty())
        around.newEnvironment = firstEnvironment;
    collectPaths(open->root, around.requests);
    for (const collection::Environment* each : collection::withExtended(*open, around.environment))
        for (const variables::Variable& variable : each->variables)
            if (variable.enabled && !variable.secret)
                around.plain.push_back(variable.name);
    return around;
}

void LoginDesk::add()
{
    const auto& open = m_workbench.collection();
    if (!open)
        return;
    Identity fresh;
    fresh.credentials.emplace();
    openEditor(tr("Add an identity"), identityDraftOf(fresh), {open->directory, std::nullopt, false});
}

void LoginDesk::edit(const std::string& name)
{
    const auto identity = read(name, "edit");
    if (!identity)
        return;
    if (const QString why = whyNotEditable(*identity); !why.isEmpty())
        return m_notice->say(Tone::Warn, tr("%1 cannot be edited here").arg(toQString(visible(name))),
                             tr("%1 Edit %2 in a text editor.").arg(why, toQString(store::sessionsFile)));
    openEditor(tr("Login of %1").arg(toQString(visible(name))), identityDraftOf(*identity),
               {m_workbench.collection()->directory, identity, false});
}

void LoginDesk::duplicate(const std::string& name)
{
    auto identity = read(name, "duplicate");
    if (!identity)
        return;
    if (const QString why = whyNotEditable(*identity); !why.isEmpty())
        return m_notice->say(Tone::Warn, tr("%1 cannot be duplicated here").arg(toQString(visible(name))),
                             tr("%1 Edit %2 in a text editor.").arg(why, toQString(store::sessionsFile)));
    const auto all = store::readIdentities(m_workbench.collection()->directory);
    identity->name = store::freeIdentityName(all.value_or(std::vector<Identity>()), name);
    openEditor(tr("Duplicate of %1").arg(toQString(visible(name))), identityDraftOf(*identity),
               {m_workbench.collection()->directory, std::nullopt, true});
}

/// Nothing is asked, since it can be taken back. Values of its secrets stay where they are kept.
void LoginDesk::remove(const std::string& name)
{
    const auto removed = m_edits.removeIdentity(name);
    if (!removed)
        return m_notice->say(removed.error());
    const workbench::Command* const command = m_edits.undoable();
    if (command == nullptr)
        return;
    m_notice->offer(Tone::Info, tr("Deleted"),
                    tr("%1 is no identity of the collection any more.").arg(toQString(visible(name))),
                    tr("Undo"), [this] {
                        if (const auto undone = m_edits.undo(); !undone)
                            m_notice->say(undone.error());
                    });
    m_deleted = command->change;
    m_offer = m_notice->text();
}

/// The notice's button undoes what the notice is about, and nothing that was done since.
void LoginDesk::withdrawOffer()
{
    const workbench::Command* const latest = m_edits.undoable();
    if (!m_deleted || (latest != nullptr && latest->change == *m_deleted))
        return;
    m_deleted.reset();
    if (m_notice->text() == m_offer)
        m_notice->hide();
}

void LoginDesk::openEditor(const QString& title, const IdentityDraft& draft, const Subject& subject)
{
    const std::string own = subject.before ? subject.before->name : std::string();
    auto* editor = new IdentityEditor(title, draft, around(own), m_list->window());
    editor->setAttribute(Qt::WA_DeleteOnClose);
    connect(editor, &IdentityEditor::saveRequested, this,
            [this, editor, subject](const IdentityDraft& typed) { save(editor, typed, subject); });
    connectTrial(editor);
    connectIssuer(editor);
    m_editor = editor;
    editor->open();
}

/// Beside the next trial; where the editor is gone, in the window.
void LoginDesk::showEnded(const workbench::EndedTokens& ended)
{
    if (m_editor)
        return m_editor->trial().showEnded(ended);
    const bool isProblem = std::ranges::any_of(ended.tokens, &workbench::EndedTokens::Each::isProblem);
    m_notice->say(isProblem ? Tone::Warn : Tone::Info,
                  tr("The trial of %1 is over").arg(toQString(visible(ended.name))), endedWords(ended));
}

void LoginDesk::connectTrial(IdentityEditor* editor)
{
    auto* const trial =
        new workbench::LoginTrial(m_workbench.collection(), m_workbench.secrets(), m_workbench.identities());
    trial->setParent(editor); // it goes with the editor, tokens and all
    TrialPanel* const panel = &editor->trial();
    connect(editor, &IdentityEditor::tryRequested, trial, [this, trial](const IdentityDraft& typed) {
        trial->start(identityOf(typed), m_workbench.environment(), typedSecretsOf(typed));
    });
    connect(panel, &TrialPanel::renewalRequested, trial, &workbench::LoginTrial::renew);
    connect(panel, &TrialPanel::stopRequested, trial, &workbench::LoginTrial::cancel);
    connect(panel, &TrialPanel::linkActivated, this, [this](const QString& link) { m_open(link); });
    connect(trial, &workbench::LoginTrial::changed, panel,
            [trial, panel] { panel->showState(trial->state(), trial->steps()); });
    // As for an identity: a browser is opened at once, a device's code is typed when the person is ready.
    connect(trial, &workbench::LoginTrial::prompted, this, [this](const auth::Prompt& prompt) {
        if (!prompt.device)
            m_open(toQString(prompt.link));
    });
}

void LoginDesk::connectIssuer(IdentityEditor* editor)
{
    auto* const lookUp = new workbench::IssuerLookup;
    lookUp->setParent(editor);
    connect(&editor->fields(), &IdentityFields::lookUpRequested, lookUp,
            [this, editor, lookUp](const QString& issuer) {
                IdentityFields* const fields = &editor->fields();
                fields->sayOfIssuer(tr("Asking the issuer…"), false);
                lookUp->find(toUtf8(issuer), m_workbench.collection(), m_workbench.environment(),
                             [fields](const Result<keys::ServerMetadata>& found) {
                                 if (found)
                                     fields->fillIn(*found);
                                 else
                                     fields->sayOfIssuer(toQString(visible(describe(found.error()))), true);
                             });
            });
}

void LoginDesk::save(IdentityEditor* editor, const IdentityDraft& draft, const Subject& subject)
{
    const auto& open = m_workbench.collection();
    if (!open || open->directory != subject.directory)
        return editor->say(Error{ErrorKind::Refused, "cannot save the identity",
                                 "another collection is open now", "open this one again", std::nullopt});
    workbench::IdentitySave wanted{subject.before, identityOf(draft), {}, subject.isCopy, firstEnvironment};
    for (const workbench::TypedSecret& secret : typedSecretsOf(draft))
        wanted.secrets.push_back(secret.variable);
    const bool hadNone = open->environments.empty();
    const bool isRenamed = subject.before && subject.before->name != wanted.identity.name;
    const bool wasKept = isRenamed && isKept(subject.before->name);
    if (const auto saved = m_edits.saveIdentity(wanted); !saved)
        return editor->say(saved.error());
    if (wasKept)
        forgetKept(subject.before->name);
    if (hadNone && !wanted.secrets.empty())
        Q_EMIT environmentMade(QLatin1String(firstEnvironment));
    keepValues(draft, editor->inKeychain());
    editor->accept();
}

bool LoginDesk::isKept(const std::string& name) const
{
    const auto states = m_workbench.identities().states();
    const auto found = std::ranges::find(states, name, &workbench::IdentityState::name);
    return found != states.end() && found->isKept;
}

/// Or its tokens would stay in the keychain under a name that nobody has.
void LoginDesk::forgetKept(const std::string& name)
{
    keychain::Keychain* const keychain = m_workbench.secrets().keychain();
    if (keychain == nullptr)
        return;
    keychain->remove(
        run::entryOfSession(m_workbench.collection()->directory, m_workbench.environment(), name), this,
        [this](const Result<void>& removed) {
            if (!removed)
                m_notice->say(removed.error());
        });
}

/// The environment has their names by now.
void LoginDesk::keepValues(const IdentityDraft& draft, bool inKeychain)
{
    for (const workbench::TypedSecret& secret : typedSecretsOf(draft))
        m_workbench.secrets().give(
            m_workbench.collection()->directory, ownerOf(secret.variable), secret.variable, secret.value,
            inKeychain ? workbench::Remember::InKeychain : workbench::Remember::InMemory);
}

/// The nearest environment that has the variable.
std::string LoginDesk::ownerOf(const std::string& secret) const
{
    for (const collection::Environment* each :
         collection::withExtended(*m_workbench.collection(), m_workbench.environment()))
        if (std::ranges::find(each->variables, secret, &variables::Variable::name) != each->variables.end())
            return each->name;
    return m_workbench.environment();
}

} // namespace claimcheck::ui

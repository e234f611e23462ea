// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/requesteditor.h>

#include <algorithm>

#include <QtCore/qpointer.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qstackedwidget.h>
#include <QtWidgets/qtableview.h>

#include <base/text.h>
#include <request/authpage.h>
#include <request/bodyeditor.h>
#include <request/captionline.h>
#include <request/docspage.h>
#include <request/examplespage.h>
#include <request/requesteditorprivate.h>
#include <request/settingspage.h>
#include <request/urlbar.h>
#include <request/urledit.h>
#include <store/secretlike.h>
#include <theme/flattabbar.h>
#include <theme/lowarea.h>

namespace claimcheck::ui {

static RequestPart partOf(FormField field)
{
    switch (field) {
    case FormField::Params:
        return ParamsPart;
    case FormField::Headers:
        return HeadersPart;
    case FormField::Auth:
        return AuthPart;
    case FormField::Body:
    case FormField::Method:
    case FormField::Url:
        break;
    }
    return BodyPart;
}

RequestEditor::RequestEditor(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>(this))
{
    d->layOut();
    d->connectAll();
    setContent({});
}

RequestEditor::~RequestEditor()
{
    d->loading = true;
    delete d->pages; // before the form that they show
}

void RequestEditor::Private::connectAll()
{
    QObject::connect(name, &QLineEdit::textEdited, pane, [this](const QString& text) {
        kept.name = toUtf8(text);
        Q_EMIT pane->changed();
    });
    QObject::connect(urlBar, &UrlBar::methodEdited, pane, [this](const QString& method) {
        if (!loading)
            form.setMethod(method);
    });
    QObject::connect(urlBar->url(), &QLineEdit::textEdited, &form, &RequestForm::setUrl);
    QObject::connect(urlBar->url(), &UrlEdit::commandPasted, pane, &RequestEditor::commandPasted);
    QObject::connect(urlBar->url(), &QLineEdit::returnPressed, pane, &RequestEditor::send);
    QObject::connect(urlBar, &UrlBar::sendClicked, pane, &RequestEditor::send);
    QObject::connect(urlBar, &UrlBar::cancelClicked, pane, &RequestEditor::cancelRequested);
    QObject::connect(urlBar, &UrlBar::identityChosen, pane, &RequestEditor::identityChosen);
    QObject::connect(note, &RequestNote::actionChosen, pane, &RequestEditor::noteActionChosen);
    QObject::connect(&form, &RequestForm::urlChanged, urlBar->url(), &QLineEdit::setText);
    QObject::connect(settings, &SettingsPage::connectionEdited, pane, &RequestEditor::connectionEdited);
    QObject::connect(settings, &SettingsPage::certificateRequested, pane,
                     &RequestEditor::certificateRequested);
    QObject::connect(auth, &AuthPage::mintedEdited, pane, [this] {
        if (const auto edit = auth->minted(); edit && !loading && auth->checkMinted())
            Q_EMIT pane->mintedEdited(*edit);
    });
    QObject::connect(docs, &DocsPage::edited, &form, &RequestForm::setDocs);
    QObject::connect(&form, &RequestForm::changed, pane, [this] {
        if (loading)
            return;
        renew();
        Q_EMIT pane->changed();
    });
    QObject::connect(&form, &RequestForm::scopesChanged, pane, [this] { showProblem(); });
}

void RequestEditor::Private::renew()
{
    const collection::Entry entry = form.entry();
    parts->setCount(HeadersPart, form.headers()->enabledCount());
    parts->setCount(VariablesPart, form.variables()->enabledCount());
    parts->setDetail(DocsPart, entry.docs.empty() ? QString() : QStringLiteral("•"));
    renewDetails(form.details()->details());
    parts->setDetail(BodyPart, shortWord(entry));
    parts->setDetail(AuthPart, shortWord(effective(entry)));
    body->showProblem();
    showCaption();
    showProblem();
}

void RequestEditor::Private::renewDetails(const collection::Details& details)
{
    DetailsForm* tables = form.details();
    parts->setCount(ParamsPart, tables->query()->enabledCount() + tables->path()->enabledCount());
    parts->setCount(ChecksPart, tables->checks()->enabledCount() + tables->captures()->enabledCount());
    const bool saysSettings = details.settings != collection::Settings() || !details.tags.empty();
    parts->setDetail(SettingsPart, saysSettings ? QStringLiteral("•") : QString());
    parts->setCount(ExamplesPart, std::ssize(details.examples));
    const bool hasActions = collection::hasIdleActions(kept);
    parts->setCount(ScriptsPart, std::ssize(details.scripts) + (hasActions ? 1 : 0));
    parts->setTabVisible(ScriptsPart, !details.scripts.empty() || hasActions);
}

void RequestEditor::Private::reloadPages(const collection::Content& content)
{
    body->reload();
    auth->reload();
    settings->reload();
    docs->setText(toQString(content.entry.docs));
    examples->reload();
    scripts->setScripts(content.details.scripts);
    scripts->setIdleActions(collection::hasIdleActions(content.entry));
}

/// Fields that are still empty are only complained about once Send was tried.
void RequestEditor::Private::showProblem()
{
    QString text;
    for (const FormProblem& found : form.problems()) {
        const bool untouched = found.field == FormField::Url && urlBar->url()->text().isEmpty();
        if (found.blocks && (triedToSend || !untouched)) {
            text = found.text;
            break;
        }
    }
    problem->setText(text);
    problem->setVisible(!text.isEmpty());
}

Authorisation RequestEditor::Private::effective(const collection::Entry& entry) const
{
    return entry.auth == collection::AuthMode::Inherit ? inherited
                                                       : Authorisation{entry.auth, entry.kept.auth, minted};
}

void RequestEditor::Private::showCaption()
{
    const collection::Entry entry = form.entry();
    const AuthCaption text = authCaption(effective(entry), session, setsAuthorization(entry), sessionExpired);
    caption->setCaption(text);
    auth->setCaption(text.text());
    auth->setInherited(inherited);
}

/// A tab that inherits already keeps its choice, wherever it is.
void RequestEditor::Private::showInherit()
{
    auth->setInheritOffered(inheritOffered || form.entry().auth == collection::AuthMode::Inherit);
}

std::optional<FormProblem> RequestEditor::Private::blocking() const
{
    for (const FormProblem& found : form.problems())
        if (found.blocks)
            return found;
    return std::nullopt;
}

void RequestEditor::Private::goToCell(const FormProblem& wrong)
{
    const bool header = wrong.field == FormField::Headers;
    auto* table = pages->findChild<QTableView*>(header ? QStringLiteral("requestHeaders")
                                                       : QStringLiteral("requestForm"));
    table->setFocus();
    table->setCurrentIndex(table->model()->index(wrong.row, FieldTableModel::Value));
}

void RequestEditor::Private::focusOn(const FormProblem& wrong)
{
    const QString mark =
        QLatin1String(store::redactedMark.data(), static_cast<qsizetype>(store::redactedMark.size()));
    QLineEdit* url = urlBar->url();
    if (wrong.field == FormField::Method || wrong.field == FormField::Url) {
        url->setFocus();
        if (const qsizetype at = url->text().indexOf(mark); at >= 0)
            url->setSelection(static_cast<int>(at), static_cast<int>(mark.size()));
        return;
    }
    parts->setCurrentIndex(partOf(wrong.field));
    if (wrong.field == FormField::Auth)
        return auth->goTo(mark);
    if (wrong.row >= 0)
        return goToCell(wrong);
    if (wrong.field == FormField::Body)
        body->goTo(mark);
}

/// In a low window the field may be out of view.
void RequestEditor::Private::showFocus()
{
    if (QWidget* focused = pane->focusWidget())
        area->ensureWidgetVisible(focused);
}

void RequestEditor::Private::goTo(const FormProblem& wrong)
{
    focusOn(wrong);
    showFocus();
}

void RequestEditor::setContent(const collection::Content& content)
{
    const collection::Entry& entry = content.entry;
    d->loading = true;
    d->kept = entry;
    d->triedToSend = false;
    d->form.setContent(content);
    d->name->setText(toQString(entry.name));
    d->urlBar->setMethod(toQString(entry.method));
    d->urlBar->url()->setText(toQString(entry.url));
    d->urlBar->url()->setCursorPosition(0);
    d->reloadPages(content);
    d->showInherit();
    d->loading = false;
    d->renew();
}

collection::Entry RequestEditor::entry() const
{
    collection::Entry entry = d->form.entry();
    entry.name = d->kept.name;
    return entry;
}

collection::Content RequestEditor::content() const
{
    collection::Content content = d->form.content();
    content.entry.name = d->kept.name;
    return content;
}

void RequestEditor::setHeader(const QString& name, const QString& value)
{
    std::vector<collection::Field> fields = d->form.headers()->fields();
    const std::string key = toUtf8(name);
    const auto same = [&key](const collection::Field& field) { return equalsIgnoringCase(field.name, key); };
    const auto found = std::find_if(fields.begin(), fields.end(), same);
    if (found == fields.end())
        fields.push_back({key, toUtf8(value), true});
    else
        *found = {found->name, toUtf8(value), true};
    d->form.headers()->setFields(std::move(fields));
    d->parts->setCurrentIndex(HeadersPart);
    d->renew();
    Q_EMIT changed();
}

void RequestEditor::setScopes(const std::vector<variables::Scope>& nearestFirst)
{
    d->urlBar->url()->setScopes(nearestFirst);
    d->form.setScopes(nearestFirst);
}

void RequestEditor::setSession(const QString& name, bool expired)
{
    d->session = name;
    d->sessionExpired = expired;
    d->showCaption();
}

void RequestEditor::setInheritOffered(bool offered)
{
    d->inheritOffered = offered;
    d->showInherit();
}

void RequestEditor::setAuth(collection::AuthMode mode)
{
    d->form.setAuth(mode);
    d->auth->reload();
}

void RequestEditor::takeSaved(const collection::Content& saved)
{
    collection::Content mine = content();
    mine.entry.sequence = saved.entry.sequence;
    mine.entry.kept.others = saved.entry.kept.others;
    if (mine != saved)
        return setContent(saved);
    // What is shown stays as it is, cursor and undo with it.
    d->form.adopt(saved.entry);
    d->kept = saved.entry;
}

void RequestEditor::setInheritedAuth(const Authorisation& inherited)
{
    d->inherited = inherited;
    d->renew();
}

void RequestEditor::setMinted(const std::string& algorithm)
{
    if (algorithm == d->minted)
        return;
    d->minted = algorithm;
    d->renew();
}

void RequestEditor::setMintedPlace(const std::optional<MintedPlace>& place)
{
    d->auth->setMinted(place);
}

void RequestEditor::sayMintedProblem(const Error& error)
{
    d->auth->sayMintedProblem(error);
}

void RequestEditor::setDirectory(const std::string& directory)
{
    d->body->setDirectory(directory);
}

void RequestEditor::addExample(const collection::Example& example)
{
    std::vector<collection::Example> examples = d->form.details()->details().examples;
    examples.push_back(example);
    d->form.details()->setExamples(std::move(examples));
    d->examples->showNewest();
    d->parts->setCurrentIndex(ExamplesPart);
}

void RequestEditor::setSentAs(const SentAs& sentAs)
{
    d->urlBar->setSentAs(sentAs);
}

void RequestEditor::setBusy(bool busy)
{
    d->urlBar->setBusy(busy);
}

void RequestEditor::setNote(const Note& note)
{
    d->note->setNote(note);
}

void RequestEditor::setConnectionNote(const Note& note)
{
    d->connectionNote->setNote(note);
}

void RequestEditor::setConnection(const std::optional<ConnectionPlace>& place)
{
    d->settings->setConnection(place);
}

void RequestEditor::sayConnectionProblem(const Error& error)
{
    d->settings->sayConnectionProblem(error);
}

void RequestEditor::takeTyped()
{
    const QPointer<QWidget> field(QApplication::focusWidget());
    if (field.isNull() || !isAncestorOf(field.data()))
        return;
    field->clearFocus();
    if (!field.isNull() && field->isVisible()) // that of a cell is gone now
        field->setFocus();
}

bool RequestEditor::hasUnfinishedRule() const
{
    return d->settings->hasUnfinishedConnection() || d->auth->minted().has_value();
}

void RequestEditor::showUnfinishedRule()
{
    d->parts->setCurrentIndex(d->settings->hasUnfinishedConnection() ? SettingsPart : AuthPart);
}

void RequestEditor::send()
{
    d->triedToSend = true;
    d->showProblem();
    const std::optional<FormProblem> problem = d->blocking();
    if (!problem)
        return Q_EMIT sendRequested();
    d->goTo(*problem);
    Q_EMIT sendRefused(problem->text);
}

void RequestEditor::goToProblem()
{
    d->triedToSend = true;
    d->showProblem();
    if (const std::optional<FormProblem> problem = d->blocking())
        d->goTo(*problem);
}

void RequestEditor::focusUrl()
{
    d->urlBar->url()->setFocus();
    d->urlBar->url()->selectAll();
    d->showFocus();
}

} // namespace claimcheck::ui

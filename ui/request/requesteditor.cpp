// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/requesteditor.h>

#include <algorithm>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qstackedwidget.h>

#include <base/text.h>
#include <request/authpage.h>
#include <request/bodyeditor.h>
#include <request/captionline.h>
#include <request/fieldtable.h>
#include <request/urlbar.h>
#include <request/urledit.h>
#include <theme/flattabbar.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

enum Part
{
    HeadersPart,
    BodyPart,
    AuthPart
};

} // namespace

struct RequestEditor::Private
{
    explicit Private(RequestEditor* editor) : pane(editor), form(editor) {}

    RequestEditor* pane;
    RequestForm form;
    QLineEdit* name = nullptr;
    UrlBar* urlBar = nullptr;
    QLabel* problem = nullptr;
    QLabel* note = nullptr;
    FlatTabBar* parts = nullptr;
    QStackedWidget* pages = nullptr;
    BodyEditor* body = nullptr;
    AuthPage* auth = nullptr;
    CaptionLine* caption = nullptr;
    QString session;
    collection::AuthMode inherited = collection::AuthMode::None;
    collection::Entry kept; ///< what no field shows: name, sequence, variables, docs
    bool loading = false;
    bool triedToSend = false;

    QWidget* makeNameRow();
    QWidget* makeHeadersPage();
    QWidget* makeParts();
    void connectAll();
    void renew();
    void showProblem();
    void showCaption();
    void goTo(FormField field);
};

QWidget* RequestEditor::Private::makeNameRow()
{
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::tiny);
    name = new QLineEdit;
    name->setFont(titleFont());
    setKind(name, "bare");
    name->setTextMargins(-space::small, 0, 0, 0);
    name->setPlaceholderText(QObject::tr("Name of the request"));
    setNames(name, QStringLiteral("requestName"), QObject::tr("Name of the request"));
    auto* save =
        flatButton(QStringLiteral("save"), QObject::tr("Save (Ctrl+S)"), QStringLiteral("saveRequest"));
    QObject::connect(save, &QToolButton::clicked, pane, &RequestEditor::saveRequested);
    row->addWidget(name, 1);
    row->addWidget(save);
    return bar;
}

QWidget* RequestEditor::Private::makeHeadersPage()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(
        new FieldTable(form.headers(), QStringLiteral("requestHeaders"), QObject::tr("Headers")));
    caption = new CaptionLine;
    column->addWidget(caption);
    column->addStretch(1);
    return page;
}

QWidget* RequestEditor::Private::makeParts()
{
    parts = new FlatTabBar;
    setNames(parts, QStringLiteral("requestParts"), QObject::tr("Parts of the request"));
    for (const QString& title : {QObject::tr("Headers"), QObject::tr("Body"), QObject::tr("Auth")})
        parts->addTab(title);
    body = new BodyEditor(&form);
    auth = new AuthPage;
    pages = new QStackedWidget;
    for (QWidget* page : std::initializer_list<QWidget*>{makeHeadersPage(), body, auth})
        pages->addWidget(page);
    QObject::connect(parts, &QTabBar::currentChanged, pages, &QStackedWidget::setCurrentIndex);
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(space::small, 0, space::small, 0);
    row->addWidget(parts, 1);
    return bar;
}

RequestEditor::RequestEditor(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>(this))
{
    setKind(this, "surface");
    d->urlBar = new UrlBar;
    d->problem = plainLabel();
    setKind(d->problem, "bad");
    d->problem->setWordWrap(true);
    setNames(d->problem, QStringLiteral("requestProblem"), tr("What is wrong with the request"));
    d->note = plainLabel();
    setKind(d->note, "warn");
    d->note->setWordWrap(true);
    d->note->setObjectName(QStringLiteral("requestNote"));
    d->note->hide();
    auto* head = new QVBoxLayout;
    head->setContentsMargins(space::large, space::small, space::large, space::small);
    head->setSpacing(space::tiny);
    head->addWidget(d->makeNameRow());
    head->addWidget(d->urlBar);
    head->addWidget(d->problem);
    head->addWidget(d->note);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(d->makeParts());
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addWidget(d->pages, 1);
    d->connectAll();
    setEntry({});
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
    QObject::connect(urlBar->url(), &QLineEdit::returnPressed, pane, &RequestEditor::send);
    QObject::connect(urlBar, &UrlBar::sendClicked, pane, &RequestEditor::send);
    QObject::connect(urlBar, &UrlBar::cancelClicked, pane, &RequestEditor::cancelRequested);
    QObject::connect(auth, &AuthPage::modeChosen, &form, &RequestForm::setAuth);
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
    const int headers = form.headers()->enabledCount();
    parts->setDetail(HeadersPart, headers == 0 ? QString() : QString::number(headers));
    parts->setDetail(BodyPart, shortWord(entry.bodyKind));
    parts->setDetail(AuthPart,
                     shortWord(entry.auth == collection::AuthMode::Inherit ? inherited : entry.auth));
    body->showProblem();
    showCaption();
    showProblem();
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

void RequestEditor::Private::showCaption()
{
    const collection::Entry entry = form.entry();
    const bool inherits = entry.auth == collection::AuthMode::Inherit;
    const AuthCaption text =
        authCaption(inherits ? inherited : entry.auth, session, setsAuthorization(entry));
    caption->setCaption(text);
    auth->setCaption(text.text());
    auth->setInherited(inherited);
}

void RequestEditor::Private::goTo(FormField field)
{
    if (field == FormField::Method || field == FormField::Url)
        return urlBar->url()->setFocus();
    parts->setCurrentIndex(field == FormField::Headers ? HeadersPart : BodyPart);
}

void RequestEditor::setEntry(const collection::Entry& entry)
{
    d->loading = true;
    d->kept = entry;
    d->triedToSend = false;
    d->form.setEntry(entry);
    d->name->setText(toQString(entry.name));
    d->urlBar->setMethod(toQString(entry.method));
    d->urlBar->url()->setText(toQString(entry.url));
    d->urlBar->url()->setCursorPosition(0);
    d->body->reload();
    d->auth->setMode(entry.auth);
    d->loading = false;
    d->renew();
}

collection::Entry RequestEditor::entry() const
{
    collection::Entry entry = d->form.entry();
    entry.name = d->kept.name;
    return entry;
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

void RequestEditor::setSession(const QString& name)
{
    d->session = name;
    d->showCaption();
}

void RequestEditor::setInheritedAuth(collection::AuthMode mode)
{
    d->inherited = mode;
    d->renew();
}

void RequestEditor::setBusy(bool busy)
{
    d->urlBar->setBusy(busy);
}

void RequestEditor::setNote(const QString& note)
{
    d->note->setText(note);
    d->note->setVisible(!note.isEmpty());
}

void RequestEditor::send()
{
    d->triedToSend = true;
    d->showProblem();
    if (d->form.canSend()) {
        Q_EMIT sendRequested();
        return;
    }
    for (const FormProblem& found : d->form.problems())
        if (found.blocks)
            return d->goTo(found.field);
}

void RequestEditor::focusUrl()
{
    d->urlBar->url()->setFocus();
}

} // namespace claimcheck::ui

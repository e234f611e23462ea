// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where the parts of a RequestEditor stand.

#include <request/requesteditorprivate.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qstackedwidget.h>

#include <request/authpage.h>
#include <request/bodyeditor.h>
#include <request/captionline.h>
#include <request/docspage.h>
#include <request/examplespage.h>
#include <request/fieldtable.h>
#include <request/settingspage.h>
#include <request/tablepages.h>
#include <request/urlbar.h>
#include <theme/flattabbar.h>
#include <theme/lowarea.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

/// Its pages scroll, so that none needs its whole height: with that as their least height the pages would
/// take the room of the texts above them.
class Pages : public QStackedWidget
{
public:
    bool hasHeightForWidth() const override { return false; }
};

} // namespace

QWidget* RequestEditor::Private::makeNameRow()
{
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::tiny);
    name = new QLineEdit;
    name->setFont(titleFont());
    setKind(name, "bare");
    constexpr int ofQt = 2; // in front of a line's text, whatever the style sheet says
    name->setTextMargins(-space::small - ofQt, 0, 0, 0);
    name->setPlaceholderText(QObject::tr("Name of the request"));
    setNames(name, QStringLiteral("requestName"), QObject::tr("Name of the request"));
    auto* save =
        flatButton(QStringLiteral("save"), QObject::tr("Save (Ctrl+S)"), QStringLiteral("saveRequest"));
    QObject::connect(save, &QToolButton::clicked, pane, &RequestEditor::saveRequested);
    auto* audit = flatButton(QStringLiteral("shield"), QObject::tr("Audit… (Ctrl+Shift+A)"),
                             QStringLiteral("auditRequest"));
    QObject::connect(audit, &QToolButton::clicked, pane, &RequestEditor::auditRequested);
    row->addWidget(name, 1);
    row->addWidget(audit);
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
    for (const QString& title :
         {QObject::tr("Params"), QObject::tr("Headers"), QObject::tr("Body"), QObject::tr("Auth"),
          QObject::tr("Checks"), QObject::tr("Variables"), QObject::tr("Settings"), QObject::tr("Docs"),
          QObject::tr("Scripts"), QObject::tr("Examples")})
        parts->addTab(title);
    body = new BodyEditor(&form);
    auth = new AuthPage(&form);
    settings = new SettingsPage(form.details());
    docs = new DocsPage;
    examples = new ExamplesPage(form.details());
    scripts = new ScriptsPage;
    pages = new Pages;
    for (QWidget* page : std::initializer_list<QWidget*>{
             makeParametersPage(&form), makeHeadersPage(), body, scrolled(auth), makeChecksPage(&form),
             makeVariablesPage(&form), scrolled(settings), docs, scripts, examples})
        pages->addWidget(page);
    QObject::connect(parts, &QTabBar::currentChanged, pages, &QStackedWidget::setCurrentIndex);
    parts->setCurrentIndex(HeadersPart);
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(space::small, 0, space::small, 0);
    row->addWidget(parts, 1);
    return bar;
}

QLayout* RequestEditor::Private::makeHead()
{
    urlBar = new UrlBar;
    problem = plainLabel();
    setKind(problem, "bad");
    problem->setWordWrap(true);
    setNames(problem, QStringLiteral("requestProblem"), QObject::tr("What is wrong with the request"));
    note = new RequestNote;
    connectionNote = new RequestNote;
    connectionNote->setObjectName(QStringLiteral("connectionNote"));
    auto* head = new QVBoxLayout;
    head->setContentsMargins(space::large, space::small, space::large, space::small);
    head->setSpacing(space::tiny);
    head->addWidget(makeNameRow());
    head->addWidget(urlBar);
    head->addWidget(problem);
    head->addWidget(note);
    head->addWidget(connectionNote);
    return head;
}

void RequestEditor::Private::layOut()
{
    setKind(pane, "surface");
    auto* whole = new QWidget;
    setKind(whole, "surface");
    auto* column = new QVBoxLayout(whole);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(makeHead());
    column->addWidget(makeParts());
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addWidget(pages, 1);
    area = new LowArea(whole);
    auto* outer = new QVBoxLayout(pane);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(area);
}

} // namespace claimcheck::ui

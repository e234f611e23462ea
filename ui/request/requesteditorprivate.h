// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a RequestEditor is made of. For the .cpp files of this folder only.

#pragma once

#include <request/requesteditor.h>

class QLabel;
class QLayout;
class QLineEdit;
class QStackedWidget;

namespace claimcheck::ui {

class AuthPage;
class BodyEditor;
class CaptionLine;
class DocsPage;
class ExamplesPage;
class FlatTabBar;
class LowArea;
class ScriptsPage;
class SettingsPage;
class UrlBar;

enum RequestPart
{
    ParamsPart,
    HeadersPart,
    BodyPart,
    AuthPart,
    ChecksPart,
    VariablesPart,
    SettingsPart,
    DocsPart,
    ScriptsPart, ///< only where there are any
    ExamplesPart
};

struct RequestEditor::Private
{
    explicit Private(RequestEditor* editor) : pane(editor), form(editor) {}

    RequestEditor* pane;
    RequestForm form;
    LowArea* area = nullptr; ///< of all the rest
    QLineEdit* name = nullptr;
    UrlBar* urlBar = nullptr;
    QLabel* problem = nullptr;
    RequestNote* note = nullptr;
    RequestNote* connectionNote = nullptr;
    FlatTabBar* parts = nullptr;
    QStackedWidget* pages = nullptr;
    BodyEditor* body = nullptr;
    AuthPage* auth = nullptr;
    SettingsPage* settings = nullptr;
    DocsPage* docs = nullptr;
    ExamplesPage* examples = nullptr;
    ScriptsPage* scripts = nullptr;
    CaptionLine* caption = nullptr;
    QString session;
    bool sessionExpired = false;
    bool inheritOffered = true;
    Authorisation inherited;
    std::string minted;     ///< where it does not inherit
    collection::Entry kept; ///< what no field shows: name, sequence, variables, docs
    bool loading = false;
    bool triedToSend = false;

    // requesteditorlayout.cpp
    void layOut();
    QLayout* makeHead();
    QWidget* makeNameRow();
    QWidget* makeHeadersPage();
    QWidget* makeParts();

    // requesteditor.cpp
    void connectAll();
    void renew();
    void renewDetails(const collection::Details& details);
    void reloadPages(const collection::Content& content);
    void showProblem();
    Authorisation effective(const collection::Entry& entry) const;
    void showCaption();
    void showInherit();
    std::optional<FormProblem> blocking() const;
    void goTo(const FormProblem& problem);
    void focusOn(const FormProblem& problem);
    void showFocus();
    void goToCell(const FormProblem& problem);
};

} // namespace claimcheck::ui

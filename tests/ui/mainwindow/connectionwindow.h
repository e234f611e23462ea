// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A window in which it is set how the servers of a request, a folder and the collection are reached.

#pragma once

#include "settingswindow.h"

#include <theme/flattabbar.h>
#include <workbench/secrets.h>

#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>

namespace claimcheck::test {

constexpr const char* rulesFile = ".claimcheck/connections.yaml";
constexpr const char* environmentFile = "environments/local.yml";
inline const std::string localEnvironment = "name: local # ours\n";
inline const std::string noRules = "not there";

enum VerifyChoice
{
    AsAround,
    Always,
    Never
};

/// The first choices.
enum ProxyChoice
{
    ProxyAsAround,
    NoProxy,
    HttpProxy
};

/// The fields, in a request's tab or in the dialog of a folder.
struct ConnectionFields
{
    QWidget* around;

    template <typename Widget>
    Widget* find(const char* name) const
    {
        for (Widget* widget : around->findChildren<Widget*>(QLatin1String(name)))
            if (widget->isVisibleTo(around))
                return widget;
        return nullptr;
    }
    void pick(const char* name, int choice) const
    {
        auto* box = find<QComboBox>(name);
        box->setCurrentIndex(choice);
        Q_EMIT box->activated(choice);
    }
    void pick(VerifyChoice choice) const { pick("connectionVerify", choice); }
    void pick(ProxyChoice choice) const { pick("connectionProxy", choice); }
    int picked(const char* name = "connectionVerify") const { return find<QComboBox>(name)->currentIndex(); }
    QString choice(const char* name) const { return find<QComboBox>(name)->currentText(); }
    void type(const char* name, const std::string& value) const
    {
        auto* edit = find<QLineEdit>(name);
        edit->setText(toQString(value));
        Q_EMIT edit->editingFinished();
    }
    void type(const std::string& file) const { type("connectionCaFile", file); }
    QString typed(const char* name = "connectionCaFile") const { return find<QLineEdit>(name)->text(); }
    /// Empty: nothing is said.
    QString said(const char* label) const
    {
        const auto* found = find<QLabel>(label);
        return found ? found->text() : QString();
    }
};

inline FileTexts filesWith(const std::string& rules, const std::string& environment)
{
    FileTexts files{
        {"orders/folder.yml", "info: {name: Orders, type: folder}\n"},
        {"orders/list.yml", "info: {name: List, type: http}\nhttp: {method: GET, url: \"https://h/\"}\n"},
        {"certs/ca.pem", "x"},
        {environmentFile, environment}};
    if (!rules.empty())
        files.emplace_back(rulesFile, rules);
    return files;
}

struct ConnectionWindow : SettingsWindow
{
    explicit ConnectionWindow(const std::string& rules = {},
                              const std::string& environment = localEnvironment)
        : SettingsWindow(filesWith(rules, environment))
    {
        workbench.selectEnvironment("local");
    }
    ConnectionFields request()
    {
        openRequest("orders/list.yml");
        return settings();
    }
    ConnectionFields settings()
    {
        const ConnectionFields fields{tabs};
        fields.find<ui::FlatTabBar>("requestParts")->setCurrentIndex(6);
        return fields;
    }
    static ConnectionFields connection(ui::FolderDialog* dialog)
    {
        auto* parts = dialog->findChild<ui::FlatTabBar*>(QStringLiteral("folderParts"));
        for (int i = 0; i < parts->count(); ++i)
            if (parts->tabText(i).startsWith(QLatin1String("Settings")))
                parts->setCurrentIndex(i);
        return {dialog};
    }
    static void save(ui::FolderDialog* dialog) { click(dialog, "saveFolder"); }
    const collection::Environment& environment() { return workbench.collection()->environments.front(); }
    bool knows(const std::string& secret)
    {
        return workbench.secrets().redactor().clean(secret).find(secret) == std::string::npos;
    }
    const std::vector<collection::ConnectionRule>& rules() { return workbench.collection()->connections; }
    std::string text() { return SettingsWindow::text(rulesFile); }
};

} // namespace claimcheck::test

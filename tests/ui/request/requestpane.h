// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The request pane in a window of its own, and a collection for it.

#pragma once

#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qlineedit.h>

#include <request/requesttabs.h>

namespace claimcheck::ui::test {

inline collection::Item item(const char* path, const char* method, const char* url)
{
    collection::Item result;
    result.path = path;
    result.entry.name = path;
    result.entry.method = method;
    result.entry.url = url;
    return result;
}

inline collection::Collection sample()
{
    collection::Collection result;
    result.directory = "/nowhere";
    result.root.auth = collection::AuthMode::SessionRaw;
    result.root.items = {item("a.yml", "GET", "http://a.example/"), item("b.yml", "POST", "{{baseUrl}}/b")};
    for (const char* path : {"folder", "orders"}) {
        result.root.folders.emplace_back();
        result.root.folders.back().path = result.root.folders.back().name = path;
    }
    return result;
}

/// The pane, shown; finds widgets in the tab that is in front.
struct RequestPane
{
    RequestTabs tabs;
    QSignalSpy saved{&tabs, &RequestTabs::saveRequested};

    RequestPane()
    {
        tabs.resize(560, 700);
        tabs.show();
        if (!QTest::qWaitForWindowActive(&tabs))
            qFatal("the window does not become active");
    }

    template <typename Widget>
    Widget* find(const char* name)
    {
        for (Widget* widget : tabs.findChildren<Widget*>(QString::fromLatin1(name)))
            if (widget->isVisibleTo(&tabs))
                return widget;
        qFatal("no visible widget of that name: %s", name);
    }

    void type(const char* name, const char* text)
    {
        auto* edit = find<QLineEdit>(name);
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, QString::fromLatin1(text));
    }
};

} // namespace claimcheck::ui::test

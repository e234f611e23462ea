// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A window whose audit is looked at.

#pragma once

#include <base/text.h>
#include <mainwindow/auditdesk.h>
#include <mainwindow/mainwindow.h>

#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qpushbutton.h>

namespace claimcheck::test {

constexpr int auditPatience = 60'000; ///< ms

struct AuditWindow
{
    QTemporaryDir config;
    workbench::Workbench workbench;
    ui::MainWindow window{workbench, toUtf8(config.path())};

    AuditWindow()
    {
        if (!window.begin())
            qFatal("the window cannot begin");
        window.resize(1280, 800);
        window.show();
    }
    template <typename T>
    T* find(const char* name)
    {
        auto* found = window.findChild<T*>(QLatin1String(name));
        if (found == nullptr)
            qFatal("there is no %s", name);
        return found;
    }
    void click(const char* button) { QTest::mouseClick(find<QPushButton>(button), Qt::LeftButton); }
    const workbench::Auditing& auditing() { return window.audits().auditing(); }
    bool reaches(workbench::Auditing::State state)
    {
        return QTest::qWaitFor([&] { return auditing().state() == state; }, auditPatience);
    }
};

} // namespace claimcheck::test

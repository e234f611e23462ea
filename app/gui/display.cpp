// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "display.h"

#include <cstdio>
#include <cstdlib>
#include <utility>
#include <vector>

#include <QtCore/qstring.h>

namespace claimcheck {
namespace {

struct Message
{
    QtMsgType type;
    const char* category; ///< Qt's own, there as long as the program
    QString text;
};

/// Qt calls a handler without any place for what it knows.
std::vector<Message> heldBack;

void hold(QtMsgType type, const QMessageLogContext& context, const QString& text)
{
    if (type != QtFatalMsg) {
        heldBack.push_back({type, context.category, text});
        return;
    }
    std::fputs(
        "claimcheck: no window can be opened, because no display answers. Set DISPLAY or WAYLAND_DISPLAY, "
        "or QT_QPA_PLATFORM=offscreen for a window that nobody sees; claimcheck-cli needs no "
        "display.\n",
        stderr);
    std::_Exit(usageStatus); // returning would abort
}

} // namespace

DisplayWatch::DisplayWatch() : m_before(qInstallMessageHandler(hold)) {}

DisplayWatch::~DisplayWatch()
{
    qInstallMessageHandler(m_before);
    for (const Message& message : std::exchange(heldBack, {}))
        m_before(message.type, QMessageLogContext(nullptr, 0, nullptr, message.category), message.text);
}

} // namespace claimcheck

// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Asks the desktop portal (org.freedesktop.portal.Settings, "color-scheme") whether the desktop is dark,
// and goes on listening. Nothing waits for the answer; without a portal nothing happens.

#pragma once

#include <QtCore/qobject.h>
#include <QtCore/qvariant.h>

#include <theme/desktop.h>

class QDBusMessage;

namespace claimcheck::ui {

class DesktopWatch : public QObject
{
    Q_OBJECT
public:
    explicit DesktopWatch(QObject* parent = nullptr);

    void begin();

Q_SIGNALS:
    /// desktopPrefersDark() has another answer now.
    void changed();

private Q_SLOTS:
    void hear(const QDBusMessage& message);

private:
    void take(const QVariant& value);
};

/// The portal's words: 1 prefers dark, 2 prefers light; the value may be wrapped in variants.
Preference portalPreference(const QVariant& value);

} // namespace claimcheck::ui

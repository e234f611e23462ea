// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "resources.h"

#include <QtCore/qglobal.h>

// Q_INIT_RESOURCE must stand outside of any namespace.
static void registerResources()
{
    Q_INIT_RESOURCE(core);
    Q_INIT_RESOURCE(secrets);
#ifdef CLAIMCHECK_UI_RESOURCES
    Q_INIT_RESOURCE(ui);
#endif
}

void claimcheck::initResources()
{
    registerResources();
}

// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pages of the request editor that are tables: parameters, checks with captures, variables.

#pragma once

class QWidget;

namespace claimcheck::ui {

class RequestForm;

/// The page, scrolled to where it does not fit.
QWidget* scrolled(QWidget* inner);

// The form outlives the pages.
QWidget* makeParametersPage(RequestForm* form);
QWidget* makeChecksPage(RequestForm* form);
QWidget* makeVariablesPage(RequestForm* form);

} // namespace claimcheck::ui

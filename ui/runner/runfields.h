// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The form of the runner: what is run, and how.

#pragma once

#include <QtWidgets/qwidget.h>

#include <collection/collection.h>
#include <state/runform.h>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QSpinBox;

namespace claimcheck::ui {

class RunFields : public QWidget
{
    Q_OBJECT
public:
    explicit RunFields(QWidget* parent = nullptr);

    /// Its folders and environments to choose from. What was chosen stays where it is still there; an
    /// environment gives way to the given one in another collection, or where another one is given than last.
    void setCollection(const collection::Collection& collection, const std::string& environment);
    /// As whom the requests may be sent. Without any there is nothing to choose.
    void setIdentities(const std::vector<std::string>& names);
    RunForm form() const;

private:
    void addRows();
    QWidget* makeDataRow();
    QSpinBox* spinBox(const char* objectName, const QString& name, int least, int most);
    void chooseDataFile();

    QFormLayout* m_rows;
    QComboBox* m_folder;
    QComboBox* m_environment;
    QComboBox* m_sentAs;
    QLineEdit* m_tags;
    QLineEdit* m_excluded;
    QSpinBox* m_iterations;
    QLineEdit* m_data;
    QSpinBox* m_jobs;
    QSpinBox* m_delay;
    QCheckBox* m_bail;
    std::string m_directory; ///< of the collection
    std::string m_given;     ///< the environment that was given last
};

} // namespace claimcheck::ui
